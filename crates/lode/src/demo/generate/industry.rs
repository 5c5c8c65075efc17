//! The industries of the fictitious companies: how common they are, what their accounts look like, what they call
//! themselves and what they say they do.

/// One industry. Shares are of revenue; the figures are rough orders of magnitude of Swedish small companies.
#[derive(Debug)]
pub struct Industry {
    /// SNI 2007 codes a company may have as its main one.
    pub sni: &'static [&'static str],
    /// How common, relative to the others.
    pub weight: f64,
    /// Median revenue in thousands of SEK.
    pub median_revenue: f64,
    /// Goods and materials.
    pub goods: f64,
    /// Whether those are raw materials rather than goods for resale.
    pub makes: bool,
    /// Personnel costs.
    pub personnel: f64,
    /// Operating margin, mean.
    pub margin: f64,
    /// Operating margin, deviation between companies.
    pub margin_spread: f64,
    /// Fixed assets.
    pub fixed: f64,
    /// Days of inventory.
    pub inventory_days: f64,
    /// Days that customers take.
    pub receivable_days: f64,
    /// Yearly growth, mean.
    pub growth: f64,
    /// Yearly growth, deviation.
    pub growth_spread: f64,
    /// What the second half of a name may be.
    pub words: &'static [&'static str],
    /// What the company says it does; `{}` is replaced by the place.
    pub descriptions: &'static [&'static str],
}

macro_rules! industries {
    ($( [$($sni:literal)*] $weight:literal $revenue:literal | $goods:literal $makes:literal $personnel:literal $margin:literal $mspread:literal
        $fixed:literal $inv:literal $rec:literal $growth:literal $gspread:literal | [$($word:literal)*] [$($text:literal)*]; )*) => {
        /// Every industry.
        pub const INDUSTRIES: &[Industry] = &[$(Industry {
            sni: &[$($sni),*], weight: $weight, median_revenue: $revenue, goods: $goods, makes: $makes, personnel: $personnel,
            margin: $margin, margin_spread: $mspread, fixed: $fixed, inventory_days: $inv, receivable_days: $rec,
            growth: $growth, growth_spread: $gspread, words: &[$($word),*], descriptions: &[$($text),*],
        }),*];
    };
}

industries! {
    ["01110" "01500" "02101" "02200"] 4.0 1900.0 | 0.34 true 0.14 0.09 0.09 1.60 90.0 20.0 0.03 0.12 | ["Lantbruk" "Skog" "Jord & Skog" "Gård"]
        ["Bolaget bedriver jord- och skogsbruk i {} med omnejd." "Bolaget ska äga och förvalta skogs- och lantbruksfastigheter samt bedriva därmed förenlig verksamhet."];
    ["10710" "10130" "11050" "10519"] 1.1 7200.0 | 0.47 true 0.25 0.05 0.06 0.42 30.0 25.0 0.04 0.11 | ["Livs" "Bageri" "Bryggeri" "Chark" "Mejeri"]
        ["Bolaget tillverkar och säljer livsmedel till butiker och restauranger i {}." "Bolaget bedriver bageri- och konditorirörelse med egen försäljning."];
    ["25620" "25500" "25110" "25999"] 2.4 11500.0 | 0.40 true 0.30 0.07 0.07 0.40 55.0 48.0 0.03 0.15 | ["Mekaniska" "Svets & Smide" "Industri" "Verkstad" "Plåtteknik" "Legotillverkning"]
        ["Bolaget bedriver legotillverkning och skärande bearbetning åt industrin i {}." "Bolaget utför svets- och smidesarbeten samt monterar stålkonstruktioner."];
    ["28290" "28990" "27120" "28220"] 1.0 24000.0 | 0.48 true 0.26 0.07 0.07 0.30 75.0 52.0 0.04 0.16 | ["Maskin" "Automation" "Teknik" "Elteknik" "Hydraulik"]
        ["Bolaget utvecklar, tillverkar och säljer maskiner och automationslösningar." "Bolaget konstruerar och bygger specialmaskiner för tillverkande industri med bas i {}."];
    ["16231" "16239" "31090" "16101"] 1.1 9800.0 | 0.49 true 0.24 0.06 0.06 0.45 60.0 35.0 0.02 0.14 | ["Trä" "Snickeri" "Såg" "Möbler" "Inredningar"]
        ["Bolaget tillverkar snickerier och inredningar på beställning." "Bolaget bedriver sågverk och hyvleri i {}."];
    ["22290" "20590" "22220" "32501"] 0.8 26000.0 | 0.47 true 0.23 0.08 0.07 0.38 58.0 50.0 0.04 0.13 | ["Plast" "Polymer" "Medicinteknik" "Formteknik"]
        ["Bolaget formsprutar detaljer i plast åt fordons- och medicinteknikindustrin." "Bolaget utvecklar och tillverkar medicintekniska produkter."];
    ["35110" "35140" "38110" "36002"] 0.6 9500.0 | 0.30 true 0.13 0.14 0.12 2.20 8.0 30.0 0.05 0.16 | ["Energi" "Vind" "Återvinning" "Vattenkraft"]
        ["Bolaget producerar och säljer förnybar el." "Bolaget hämtar och återvinner avfall i {}."];
    ["41200" "41100"] 6.5 6400.0 | 0.46 true 0.28 0.06 0.07 0.12 12.0 38.0 0.05 0.20 | ["Bygg" "Byggnads" "Bygg & Fastighet" "Entreprenad" "Husbyggen"]
        ["Bolaget bedriver byggverksamhet samt därmed förenlig verksamhet i {}." "Bolaget utför ny-, om- och tillbyggnader åt privatpersoner, företag och föreningar."];
    ["43210" "43221" "43229" "43320" "43341" "43911" "43120"] 8.5 4300.0 | 0.36 true 0.36 0.08 0.07 0.14 12.0 36.0 0.05 0.16 | ["El" "Rör" "VVS" "Måleri" "Tak" "Mark & Schakt" "Ventilation" "Golv"]
        ["Bolaget utför installationer inom el och VVS i {}." "Bolaget bedriver måleri- och golvläggningsarbeten." "Bolaget utför mark- och anläggningsarbeten samt transporter."];
    ["45110" "45201" "45310"] 3.3 6900.0 | 0.66 false 0.15 0.04 0.05 0.16 48.0 18.0 0.03 0.14 | ["Bil" "Motor" "Bilservice" "Däck" "Fordon"]
        ["Bolaget säljer och reparerar bilar i {}." "Bolaget bedriver verkstad för personbilar och lätta lastbilar samt handel med reservdelar."];
    ["46699" "46620" "46731" "46510" "46390" "46420"] 5.5 9800.0 | 0.70 false 0.12 0.05 0.05 0.06 62.0 42.0 0.04 0.17 | ["Grossist" "Trading" "Handel" "Import" "Partihandel" "Supply"]
        ["Bolaget bedriver partihandel med maskiner och verktyg." "Bolaget importerar och säljer varor till återförsäljare i Norden." "Bolaget bedriver grossisthandel med livsmedel i {}."];
    ["47111" "47191" "47521" "47711" "47916" "47730"] 7.0 5200.0 | 0.66 false 0.17 0.03 0.05 0.14 58.0 6.0 0.02 0.14 | ["Butik" "Handel" "Mode" "Järn" "Webbhandel" "Livs" "Sport"]
        ["Bolaget bedriver detaljhandel i {}." "Bolaget säljer varor till konsument via butik och internet."];
    ["49410" "49320" "52290" "53201"] 4.6 4800.0 | 0.28 true 0.34 0.05 0.06 0.38 3.0 32.0 0.03 0.13 | ["Åkeri" "Transport" "Logistik" "Frakt" "Buss"]
        ["Bolaget bedriver åkeriverksamhet och godstransporter." "Bolaget erbjuder transport- och logistiktjänster med utgångspunkt i {}."];
    ["55101" "56100" "56210" "55202"] 5.2 3600.0 | 0.32 true 0.39 0.03 0.07 0.22 8.0 5.0 0.05 0.19 | ["Krog" "Kök" "Hotell" "Restaurang" "Café" "Mat & Möten"]
        ["Bolaget bedriver restaurangverksamhet i {}." "Bolaget driver hotell med konferens och servering."];
    ["62010" "62020" "62090" "63110"] 7.2 2600.0 | 0.07 false 0.55 0.10 0.13 0.07 1.0 44.0 0.09 0.24 | ["Data" "Systems" "Digital" "Mjukvara" "IT" "Kod" "Software"]
        ["Bolaget utvecklar programvara och säljer konsulttjänster inom IT." "Bolaget bedriver systemutveckling och drift åt företag i {}." "Bolaget erbjuder en molntjänst för planering och uppföljning."];
    ["58210" "58290" "61100"] 0.7 5200.0 | 0.10 false 0.50 0.06 0.19 0.30 1.0 40.0 0.14 0.30 | ["Interactive" "Apps" "Nät" "Play" "Cloud"]
        ["Bolaget utvecklar och ger ut programvara och spel." "Bolaget bygger och driver fibernät i {}."];
    ["64202" "64309"] 6.0 320.0 | 0.02 false 0.20 0.06 0.30 3.50 0.0 10.0 0.03 0.30 | ["Holding" "Invest" "Kapital" "Förvaltning"]
        ["Bolaget ska äga och förvalta aktier i dotterbolag." "Bolaget ska äga och förvalta värdepapper och fast egendom."];
    ["66220" "66190"] 0.9 2300.0 | 0.03 false 0.45 0.17 0.15 0.08 0.0 20.0 0.04 0.14 | ["Finans" "Försäkring" "Rådgivning"]
        ["Bolaget förmedlar försäkringar." "Bolaget bedriver finansiell rådgivning i {}."];
    ["68201" "68203" "68310" "68320"] 8.0 2100.0 | 0.10 true 0.09 0.30 0.18 6.50 1.0 10.0 0.04 0.12 | ["Fastigheter" "Fastighets" "Bostäder" "Lokaler" "Mäkleri"]
        ["Bolaget äger och förvaltar fastigheter i {}." "Bolaget hyr ut bostäder och lokaler."];
    ["70220" "69201" "69101" "70210"] 9.0 1700.0 | 0.04 false 0.52 0.13 0.14 0.07 0.0 40.0 0.04 0.22 | ["Konsult" "Redovisning" "Juridik" "Ekonomi" "Management" "Affärsutveckling"]
        ["Bolaget bedriver konsultverksamhet inom ledning och organisation." "Bolaget erbjuder redovisning och rådgivning åt mindre företag i {}."];
    ["71110" "71122" "71129" "72190"] 5.0 2700.0 | 0.07 false 0.54 0.10 0.11 0.08 1.0 52.0 0.05 0.18 | ["Arkitekter" "Projekt" "Ingenjörer" "Mätteknik" "Teknikkonsult" "Lab"]
        ["Bolaget bedriver teknisk konsultverksamhet inom bygg och anläggning." "Bolaget ritar och projekterar byggnader i {}."];
    ["73111" "74101" "73119" "74203"] 2.6 2100.0 | 0.17 false 0.42 0.07 0.11 0.06 1.0 38.0 0.03 0.20 | ["Reklam" "Form" "Media" "Design" "Kommunikation" "Film"]
        ["Bolaget bedriver reklambyrå och därmed förenlig verksamhet." "Bolaget erbjuder formgivning och filmproduktion i {}."];
    ["77320" "78200" "81210" "80100" "81300"] 4.2 3900.0 | 0.13 true 0.53 0.06 0.07 0.22 4.0 34.0 0.05 0.18 | ["Bemanning" "Städ" "Service" "Maskinuthyrning" "Bevakning" "Trädgård"]
        ["Bolaget utför städning och fastighetsservice." "Bolaget hyr ut maskiner och utrustning till byggföretag i {}." "Bolaget hyr ut personal inom industri och lager."];
    ["85100" "85594" "85600"] 1.3 3300.0 | 0.06 false 0.62 0.06 0.08 0.10 1.0 20.0 0.03 0.12 | ["Utbildning" "Förskola" "Skola" "Kurs"]
        ["Bolaget bedriver förskola i {}." "Bolaget anordnar yrkesutbildningar och kurser."];
    ["86211" "86230" "86909" "88101" "87302"] 3.8 3400.0 | 0.09 true 0.58 0.10 0.10 0.13 3.0 18.0 0.04 0.12 | ["Vård" "Tandvård" "Omsorg" "Läkarmottagning" "Fysioterapi" "Assistans"]
        ["Bolaget bedriver tandvård i {}." "Bolaget erbjuder hälso- och sjukvård samt personlig assistans."];
    ["93130" "93290" "90010" "96021" "95230"] 3.6 1900.0 | 0.22 true 0.37 0.04 0.10 0.30 8.0 8.0 0.03 0.17 | ["Träning" "Event" "Salong" "Upplevelser" "Skomakeri" "Produktion"]
        ["Bolaget driver träningsanläggning i {}." "Bolaget bedriver frisör- och skönhetssalong." "Bolaget producerar evenemang och scenkonst."];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_an_industry_of_sni_2007() {
        for code in INDUSTRIES.iter().flat_map(|industry| industry.sni) {
            assert!(domain::codes::sni::label(code).is_some(), "{code}");
        }
    }

    #[test]
    fn the_usual_year_leaves_room_for_other_costs() {
        for industry in INDUSTRIES {
            assert!(industry.goods + industry.personnel + industry.margin < 0.98, "{:?}", industry.sni);
        }
    }
}
