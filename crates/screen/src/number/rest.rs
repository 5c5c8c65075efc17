//! What a value has beyond the start of its range, in as few bytes as the widest range of the column needs.

/// One whole number per row.
#[derive(Clone, Debug)]
pub(crate) enum Rest {
    /// Every range holds a single value.
    Zero,
    /// Up to 2^8 values in a range.
    U8(Vec<u8>),
    /// Up to 2^16.
    U16(Vec<u16>),
    /// Up to 2^24, least byte first.
    U24(Vec<[u8; 3]>),
    /// Up to 2^32.
    U32(Vec<u32>),
    /// More.
    U64(Vec<u64>),
}

impl Rest {
    /// Room for one number per row in the fewest bytes that hold `greatest`.
    pub(crate) fn for_greatest(greatest: u64, rows: usize) -> Self {
        match greatest {
            0 => Self::Zero,
            1..=0xff => Self::U8(Vec::with_capacity(rows)),
            0x100..=0xffff => Self::U16(Vec::with_capacity(rows)),
            0x1_0000..=0xff_ffff => Self::U24(Vec::with_capacity(rows)),
            0x100_0000..=0xffff_ffff => Self::U32(Vec::with_capacity(rows)),
            _ => Self::U64(Vec::with_capacity(rows)),
        }
    }

    /// Appends the numbers of the next rows, none of which is greater than was promised.
    pub(crate) fn extend(&mut self, rests: impl Iterator<Item = u64>) {
        match self {
            Self::Zero => {}
            Self::U8(all) => all.extend(rests.map(|rest| rest as u8)),
            Self::U16(all) => all.extend(rests.map(|rest| rest as u16)),
            Self::U24(all) => all.extend(rests.map(|rest| [rest as u8, (rest >> 8) as u8, (rest >> 16) as u8])),
            Self::U32(all) => all.extend(rests.map(|rest| rest as u32)),
            Self::U64(all) => all.extend(rests),
        }
    }

    /// The number of a row.
    pub(crate) fn get(&self, row: usize) -> u64 {
        match self {
            Self::Zero => 0,
            Self::U8(rests) => u64::from(rests[row]),
            Self::U16(rests) => u64::from(rests[row]),
            Self::U24(rests) => {
                let [low, middle, high] = rests[row];
                u64::from(u32::from_le_bytes([low, middle, high, 0]))
            }
            Self::U32(rests) => u64::from(rests[row]),
            Self::U64(rests) => rests[row],
        }
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Zero => 0,
            Self::U8(rests) => rests.len(),
            Self::U16(rests) => rests.len() * 2,
            Self::U24(rests) => rests.len() * 3,
            Self::U32(rests) => rests.len() * 4,
            Self::U64(rests) => rests.len() * 8,
        }
    }
}
