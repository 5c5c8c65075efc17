//! The fixed vocabulary of an analysis: what an owner could change, how much it matters, and what to do with a company.

use serde::{Deserialize, Serialize};

use crate::label::Label;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$member:meta])* $variant:ident $key:literal $sv:literal $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$member])* #[serde(rename = $key)] $variant,)* }

        impl $name {
            /// Every word, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// What people read.
            #[must_use]
            pub fn label(self) -> Label {
                match self { $(Self::$variant => Label { sv: $sv, en: $en },)* }
            }
        }
    };
}

words! {
    /// Something by which an owner could raise the value of a company.
    Lever {
        /// Prices.
        Pricing "pricing" "Prissättning" "Pricing";
        /// Costs of the business.
        CostReduction "cost_reduction" "Kostnader" "Cost reduction";
        /// Buying.
        Procurement "procurement" "Inköp" "Procurement";
        /// Receivables, stocks and payables.
        WorkingCapital "working_capital" "Rörelsekapital" "Working capital";
        /// More to the customers that there are.
        CrossSelling "cross_selling" "Merförsäljning" "Cross-selling";
        /// New customers.
        NewCustomers "new_customers" "Nya kunder" "New customers";
        /// Contracts that run on.
        RecurringRevenue "recurring_revenue" "Återkommande intäkter" "Recurring revenue";
        /// Products and their mix.
        ProductMix "product_mix" "Produktmix" "Product mix";
        /// New places.
        Expansion "expansion" "Geografisk expansion" "Geographic expansion";
        /// Digital sales and work.
        Digitalisation "digitalisation" "Digitalisering" "Digitalisation";
        /// Machines for hands.
        Automation "automation" "Automatisering" "Automation";
        /// Use of people and machines.
        Capacity "capacity" "Kapacitetsutnyttjande" "Capacity use";
        /// Buying others.
        Acquisitions "acquisitions" "Tilläggsförvärv" "Add-on acquisitions";
        /// Leadership, succession, key people.
        Organisation "organisation" "Organisation och ägarskifte" "Organisation and succession";
        /// Debt and its cost.
        Financing "financing" "Finansiering" "Financing";
        /// Energy, material, emissions.
        Sustainability "sustainability" "Hållbarhet" "Sustainability";
    }
}

words! {
    /// How much, or how much work.
    Degree {
        /// Little.
        Low "low" "Låg" "Low";
        /// Some.
        Medium "medium" "Medel" "Medium";
        /// Much.
        High "high" "Hög" "High";
    }
}

words! {
    /// What to do with a company next.
    Recommendation {
        /// Take up contact.
        Pursue "pursue" "Gå vidare" "Pursue";
        /// Look again later.
        Watch "watch" "Bevaka" "Watch";
        /// Leave it.
        Pass "pass" "Avstå" "Pass";
    }
}

words! {
    /// What a sentence of an analysis is about.
    Section {
        /// How the company earns its money.
        BusinessModel "business_model" "Affärsmodell" "Business model";
        /// What it sells.
        Products "products" "Produkter" "Products";
        /// To whom.
        Customers "customers" "Kunder" "Customers";
        /// Where it stands among others.
        MarketPosition "market_position" "Marknadsposition" "Market position";
        /// What speaks for it.
        Strengths "strengths" "Styrkor" "Strengths";
        /// What speaks against it.
        Weaknesses "weaknesses" "Svagheter" "Weaknesses";
        /// What could go wrong.
        Risks "risks" "Risker" "Risks";
        /// How to begin a conversation with its owner.
        OutreachAngle "outreach_angle" "Ingång till samtal" "Outreach angle";
    }
}
