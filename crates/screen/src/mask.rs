//! One bit per key, by tests that the compiler does on many keys at once.

/// One bit per key.
pub(crate) fn masks<T: Copy>(keys: &[T], test: impl Fn(T) -> bool + Copy) -> Vec<u64> {
    keys.chunks(64).map(|chunk| mask_of(chunk, test)).collect()
}

/// One bit per key of at most 64, first key lowest.
pub(crate) fn mask_of<T: Copy>(keys: &[T], test: impl Fn(T) -> bool) -> u64 {
    let mut bytes = [0u8; 64];
    // A whole chunk has a length that the compiler knows, and becomes straight vector code.
    if let Some(keys) = keys.first_chunk::<64>() {
        for (byte, key) in bytes.iter_mut().zip(keys) {
            *byte = u8::from(test(*key));
        }
    } else {
        for (byte, key) in bytes.iter_mut().zip(keys) {
            *byte = u8::from(test(*key));
        }
    }
    pack(&bytes)
}

/// Sixty-four bytes of 0 or 1 into the bits of a word, first byte lowest.
fn pack(bytes: &[u8; 64]) -> u64 {
    // Multiplying eight 0/1 bytes by this constant gathers them, in order, in the topmost byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut word = 0;
    for (index, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        word |= (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (index * 8);
    }
    word
}

/// One bit per byte of at most 64 that lies in the range of `width + 1` values from `first` on, which may pass over 255 to 0.
pub(crate) fn bytes_within(bytes: &[u8], first: u8, width: u8) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(bytes) = bytes.first_chunk::<64>() {
        return sse2::bytes_within(bytes, first, width);
    }
    mask_of(bytes, |byte| byte.wrapping_sub(first) <= width)
}

/// What every 64-bit x86 processor does in a fifth of the instructions.
#[cfg(target_arch = "x86_64")]
mod sse2 {
    use core::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_set_epi64x, _mm_set1_epi8, _mm_sub_epi8,
    };

    pub(super) fn bytes_within(bytes: &[u8; 64], first: u8, width: u8) -> u64 {
        // SAFETY: the instructions are SSE2, which belongs to the x86_64 architecture: there is no such processor without it. They
        // work on values alone; no pointer is involved.
        unsafe { within(bytes, first, width) }
    }

    #[target_feature(enable = "sse2")]
    #[inline]
    fn within(bytes: &[u8; 64], first: u8, width: u8) -> u64 {
        let (first, width) = (_mm_set1_epi8(first.cast_signed()), _mm_set1_epi8(width.cast_signed()));
        let mut word = 0;
        for (index, [low, high]) in bytes.as_chunks::<8>().0.as_chunks::<2>().0.iter().enumerate() {
            let sixteen = _mm_set_epi64x(i64::from_le_bytes(*high), i64::from_le_bytes(*low));
            let beyond = _mm_sub_epi8(sixteen, first);
            let inside = _mm_cmpeq_epi8(_mm_min_epu8(beyond, width), beyond);
            word |= u64::from(_mm_movemask_epi8(inside).cast_unsigned()) << (index * 16);
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_way_gives_the_same_bits(bytes in prop::collection::vec(any::<u8>(), 0..=64), full in any::<[u8; 32]>(), first: u8, width: u8) {
            let full: Vec<u8> = full.iter().chain(&full).copied().collect();
            for bytes in [&bytes, &full] {
                let mut expected = 0;
                for (index, byte) in bytes.iter().enumerate() {
                    expected |= u64::from(byte.wrapping_sub(first) <= width) << index;
                }
                prop_assert_eq!(bytes_within(bytes, first, width), expected);
                prop_assert_eq!(mask_of(bytes, |byte| byte.wrapping_sub(first) <= width), expected);
            }
        }
    }
}
