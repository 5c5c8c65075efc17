//! Swedish phrases.

use super::super::item::{Approx, Factor, Item, Relative, Strength, Way};
use super::{PLANNED, Row};

pub(super) fn rows() -> Vec<Row> {
    use Item::*;
    let mut rows = vec![
        (
            "ökade|ökat|ökar|öka|ökad|ökande|steg|stiger|stigit|växte|växt|vuxit|växer|växande|klättrade|klättrat|lyfte|lyft|\
             stärktes|stärkts|stärkt|stärkte|gick upp|gått upp|sköt i höjden|expanderade|höjdes|höjts|uppgång|uppgången|ökning|ökningen|\
             upp|fördjupades|fördjupats|utökades|utökats|utökat|utökade|rusade|hoppade|tog fart|återhämtade sig|återhämtat sig|förlängdes|förlängts|svällde|vidgades|vidgats",
            Change(Way::Up),
        ),
        (
            "minskade|minskat|minskar|minska|minskad|minskande|sjönk|sjunker|sjunkit|sjunkande|föll|fallit|faller|fallande|krympte|krympt|krymper|\
             försvagades|försvagats|försvagade|gick ner|gick ned|gått ner|gått ned|backade|backat|tappade|tappat|\
             dalade|rasade|rasat|nedgång|nedgången|minskning|minskningen|tillbakagång|ned|ner|sänktes|sänkts|förkortades|förkortats|kortades|reducerades|dök|avtog",
            Change(Way::Down),
        ),
        (
            "oförändrad|oförändrat|oförändrade|oförändrat jämfört med|låg kvar|stod stilla|stabil|stabilt|stabila|i stort sett oförändrad|i stort sett oförändrat",
            Change(Way::Flat),
        ),
        ("högre|större|bättre|fler|mera|starkare", Compare(Way::Up)),
        ("lägre|mindre|sämre|färre|svagare", Compare(Way::Down)),
        ("förbättrades|förbättrats|förbättrad|förbättrade|förbättring|förbättringen", Turn(true)),
        ("försämrades|försämrats|försämrad|försämrade|försämring|försämringen", Turn(false)),
        ("än", Than),
        ("jämfört med|i jämförelse med|mot|gentemot|jämförd med|jämfört mot|att jämföra med", Than),
        (
            "fördubblades|fördubblats|fördubblade|fördubbling|fördubblat|dubblades|dubblats|dubblerades|dubblering|dubbelt så stor som|dubbelt så hög som|dubbelt så stort som|dubbelt så högt som|dubbelt så många som|dubbelt så stora som|dubbelt så mycket som",
            Factor(factor(2.0)),
        ),
        ("tredubblades|tredubblats|tredubblade|trefaldigades|trefaldigats|tredubbling", Factor(factor(3.0))),
        ("fyrdubblades|fyrdubblats|fyrdubblade|fyrfaldigades", Factor(factor(4.0))),
        ("femdubblades|femdubblats|femfaldigades", Factor(factor(5.0))),
        ("tiodubblades|tiofaldigades|tiodubblats", Factor(factor(10.0))),
        (
            "halverades|halverats|halverade|halvering|halverat|hälften så stor som|hälften så hög som|hälften så stort som|hälften så många som",
            Factor(factor(0.5)),
        ),
        (
            "kraftigt|kraftig|markant|rejält|rejäl|starkt|stark|betydligt|väsentligt|avsevärt|snabbt",
            Strength(self::Strength::Strong),
        ),
        ("något|marginellt|marginell|svagt|lätt|en aning|obetydligt", Strength(self::Strength::Slight)),
        (
            "cirka|ca|omkring|ungefär|runt|kring|runt om|i storleksordningen|uppskattningsvis|i runda tal|circa",
            Approx(self::Approx::About),
        ),
        ("drygt|lite mer än|strax över|något över|något mer än|lite över|dryga", Approx(self::Approx::JustAbove)),
        (
            "knappt|nästan|närmare|nära|strax under|inte fullt|knappa|något under|inemot|bortåt|lite mindre än",
            Approx(self::Approx::JustBelow),
        ),
        (
            "mer än|över nivån|över nivån från|över nivån för|över|översteg|överstiger|överstigit|överskred|överskrider|större än|högre än|fler än|mera än|passerade|överträffade|översteg tydligt|ovanför|översteg med marginal",
            Approx(self::Approx::Above),
        ),
        ("minst|åtminstone|inte under|inte mindre än|inte lägre än", Approx(self::Approx::AtLeast)),
        (
            "mindre än|under nivån|under nivån från|under nivån för|understeg|understiger|lägre än|färre än|inte ens|underskred",
            Approx(self::Approx::Below),
        ),
        ("högst|som mest|maximalt|upp till|inte över|inte mer än|inte högre än", Approx(self::Approx::AtMost)),
        ("från", From),
        ("till|nådde|nått", To),
        ("tillväxt|tillväxten|tillväxttakt", Growth),
        ("i|för|inom|hos|utanför|bland", Within),
        ("med", By),
        ("av", Of),
        ("på|om|vid", At),
        ("aldrig", Never),
        ("inte|ej|icke|inga|ingen|inget|varken|utan|knappast|ingalunda|saknar|saknade", Not),
        (
            "topp|toppen|sin topp|en topp|toppnotering|högsta|högst i|största|bästa|starkaste|som högst|den högsta|den största|det högsta|det största|toppade|rekord i|flest|störst|bäst|högst|högre än något annat år|högre än alla andra år|större än något annat år",
            Extreme(Way::Up),
        ),
        (
            "botten|sin botten|en botten|bottennotering|lägsta|minsta|sämsta|svagaste|som lägst|den lägsta|den minsta|det lägsta|bottnade|minst av|lägst|lägre än något annat år|lägre än alla andra år|mindre än något annat år",
            Extreme(Way::Down),
        ),
        ("sedan|allt sedan|ända sedan|efter", Since),
        ("den enda|det enda|enda|enda året", Sole),
        ("varierade|varierat|varierar|pendlade|pendlat|pendlar|svängde|svängt|fluktuerade", Ranged),
        (
            "övriga år|övriga åren|de övriga åren|andra år|de andra åren|resten av åren|resten av perioden|resterande år",
            Unproved("years that are not named"),
        ),
        ("bottenåret|bottenår|toppåret|toppår", Unproved("a comparison with other years")),
        ("kalenderåret|kalenderår", Calendar),
        (
            "långsammare|snabbare|långsammare takt|snabbare takt|i långsammare takt|i snabbare takt|brantare",
            Unproved("a comparison of rates"),
        ),
        ("trots", Despite),
        ("två år i rad|två år i följd|två på varandra följande år", Streak(2)),
        ("tre år i rad|tre år i följd|tre på varandra följande år", Streak(3)),
        ("fyra år i rad|fyra år i följd", Streak(4)),
        ("fem år i rad|fem år i följd", Streak(5)),
        (
            "varje år|vartenda år|alla år|år efter år|år för år|vart och ett av|i vart och ett av|under vart och ett av|vartdera av|samtliga år|under samtliga|under alla",
            EveryYear,
        ),
        (
            "förra året|i fjol|fjolåret|fjolårets|senaste året|det senaste året|senaste räkenskapsåret|det senaste räkenskapsåret|föregående räkenskapsår senast|\
             senaste bokslutet|det senaste bokslutet|förra årets|senaste årets|det gångna året|det senast rapporterade året|senaste verksamhetsåret|förra räkenskapsåret|\
             senaste helåret|senaste årsredovisningen|den senaste årsredovisningen",
            Item::Relative(self::Relative::Newest),
        ),
        (
            "året innan|året före|föregående år|föregående års|året dessförinnan|närmast föregående år|ett år tidigare|fg år|föreg år|\
             föregående räkenskapsår|året därförinnan|det föregående året",
            Item::Relative(self::Relative::Back(1)),
        ),
        ("två år tidigare", Item::Relative(self::Relative::Back(2))),
        ("tre år tidigare", Item::Relative(self::Relative::Back(3))),
        ("fyra år tidigare", Item::Relative(self::Relative::Back(4))),
        ("för ett år sedan", Item::Relative(self::Relative::Ago(1))),
        ("för två år sedan", Item::Relative(self::Relative::Ago(2))),
        ("för tre år sedan", Item::Relative(self::Relative::Ago(3))),
        ("de senaste två åren|senaste två åren|på två år|de två senaste åren", Window(2)),
        ("de senaste tre åren|senaste tre åren|på tre år|de tre senaste åren|under tre år", Window(3)),
        ("de senaste fyra åren|senaste fyra åren|på fyra år|de fyra senaste åren", Window(4)),
        ("de senaste fem åren|senaste fem åren|på fem år|de fem senaste åren", Window(5)),
        (
            "koncernen|koncernens|koncern|koncernnivå|på koncernnivå|koncernredovisningen|konsoliderad|konsoliderade|konsoliderat|i koncernen|gruppen|gruppens",
            Group,
        ),
        ("bolagets|bolaget|företaget|företagets", OwnCompany),
        ("moderbolaget|moderbolagets|den juridiska personen|moderföretaget|moderföretagets|juridiska personen", Parent),
        (
            "negativt|negativ|negativa|gick med förlust|gått med förlust|gått back|gjort förlust|redovisat förlust|visat förlust|går med förlust|gick back|visade förlust|redovisade förlust|gjorde förlust|var förlustbringande|olönsamt|på minus|på minussidan|visade röda siffror",
            Negative,
        ),
        (
            "positivt|positiv|positiva|gick med vinst|gått med vinst|gjort vinst|redovisat vinst|visat vinst|går med vinst|visade vinst|redovisade vinst|gjorde vinst|lönsamt|lönsam|gick plus|på plus|på plussidan|visade svarta siffror",
            Positive,
        ),
        ("per år|årligen|om året|årlig|årliga|i årstakt|per år i snitt|årligt", PerYear),
        ("per anställd|per medarbetare", PerEmployee),
        ("genomsnittlig|genomsnittliga|genomsnittligt|i genomsnitt|i snitt|medelvärdet|snittet|medel", Average),
        ("sammanlagt|sammanlagda|tillsammans|ackumulerat|ackumulerade", Total),
        ("och|men|samt|medan|vilket|vilken|som|eller|dock|respektive|då|när|varav|där|däremot|fast|trots att|så", Join),
        (
            "tack vare|på grund av|eftersom|därför|till följd av|beroende på|drivet av|driven av|orsakad av|berodde på|beror på|som en följd av|genom förvärv|\
             efter förvärvet|pga",
            Unproved("a cause"),
        ),
        (
            "någonsin|rekord|rekordhögt|rekordhög|rekordår|rekordstor|genom tiderna|hittills|i bolagets historia|alla tiders",
            Unproved("all of history"),
        ),
        (
            "marknadsledande|marknadsledare|ledande|unik|unikt|unika|branschens|marknadens|sveriges|nordens|världens|europas|landets|regionens|konkurrenterna|branschsnittet|branschen|konkurrenter",
            Unproved("a comparison with others"),
        ),
        (
            "kvartalet|kvartal|kvartalets|halvåret|halvår|halvårets|månaden|månader|månad|q1|q2|q3|q4|h1|h2|delårsrapporten|i år|innevarande år|nästa år|framöver|prognos|prognosen|budget|kommande",
            Unproved("another period than a fiscal year"),
        ),
        (
            "planerar|planeras|planerad|planerade|förväntas|väntas|kommer att|beräknas|avser|ämnar|hoppas|siktar|strävar|överväger|vill|ska|skall|skulle|planer på",
            Unproved(PLANNED),
        ),
        ("januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december", Month),
    ];
    rows.push((
        "både|såväl|liksom|är|var|blev|uppgick|uppgår|uppgått|landade|hamnade|låg|ligger|stod|noterades|redovisade|redovisades|redovisar|rapporterade|rapporterades|visade|visar|\
         hade|har|haft|fick|gav|gjorde|slutade|summerades|summerade|motsvarade|motsvarar|motsvarande|utgjorde|utgör|fanns|finns|sysselsatte|sysselsätter|nådde upp|\
         kom in|låg på|blivit|varit|vara|bli|under|per|den|det|de|dess|detta|denna|dessa|en|ett|året|år|årets|års|åren|räkenskapsåret|räkenskapsår|räkenskapsårets|verksamhetsåret|bokslutsåret|\
         helåret|bokslutet|perioden|period|periodens|mellan|att|sin|sitt|sina|enligt|årsredovisningen|årsredovisning|bokslut|redovisningen|företag|bolag|\
         totalt|total|totala|bara|endast|enbart|exakt|precis|hela|jämnt|därmed|alltså|således|dessutom|också|även|samtidigt|sålunda|sammantaget|nivån|nivå|nivåer|\
         mätt|räknat|uttryckt|ungefärligen|förhållande|andel|andelen|antal|antalet|belopp|beloppet|storlek|storleken|värde|värdet|siffra|siffran|tal|gånger|så|stor|hög|stort|högt|många|stora|mycket|\
         jämförelse|relativt|ytterligare|mer|medeltal|balansdagen|slutet|utgången|början|ingången|vid utgången av|i slutet av|per den|kronor|kr|sek|procent|procentenheter|\
         omräknat|åter|nu|senast|senaste|dvs|det vill säga|skuldsättning|lönsamheten|lönsamhet|ekonomiskt|finansiellt|verksamheten|verksamhet|årsbasis|sista|den sista|noterade|bokförde|bokfördes|presterade|levererade|anställd|\
         sammanlagt antal|netto|brutto|motsvarighet|steget|gått|fortfarande|redan|ännu|först|sättning|årsskiftet|ab|aktiebolag|hb|kb|publ|faktiskt|därefter|följande|vände|vänt",
        Filler,
    ));
    rows
}

const fn factor(exact: f64) -> Factor {
    if exact < 1.0 {
        return Factor { low: exact / 1.075, exact, high: exact / 0.95 };
    }
    Factor { low: exact * 0.95, exact, high: exact * 1.075 }
}
