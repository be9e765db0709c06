//! Texts that are not ASCII, bytes, and the pieces in which either may arrive.

use super::Inputs;
use std::ops::RangeInclusive;

/// Characters of one to four bytes, and marks that combine with the letter before them.
const LETTERS: [&[char]; 5] = [
    &['a', 'Z', '7', ' ', '-', '"'],
    &['п', 'и', 'т', 'о', 'н', 'Ё', 'ж', 'é', 'ß', 'ı'],
    &['€', '蛇', '語', 'ก', '…', '―'],
    &['🐍', '𝔸', '🦀', '𐍈'],
    &['\u{301}', '\u{308}', '\u{330}', '\u{20dd}'],
];

impl Inputs {
    /// A text of so many characters, from one to four bytes long each, combining marks among them. No line ends.
    ///
    /// From four characters on there is one of each length: nobody gets by with bytes.
    ///
    /// ```
    /// let mut inputs = probe::Inputs::from_seed(1);
    /// let text = inputs.text(6..=9);
    /// assert!((6..=9).contains(&text.chars().count()));
    /// assert!((1..=4).all(|length| text.chars().any(|c| c.len_utf8() == length)));
    /// ```
    pub fn text(&mut self, chars: RangeInclusive<usize>) -> String {
        let count = self.size(chars);
        let mut lengths: Vec<usize> = (0..4).take(count).collect();
        while lengths.len() < count {
            lengths.push(self.size(0..=LETTERS.len() - 1));
        }
        self.shuffle(&mut lengths);
        lengths.into_iter().map(|length| *self.pick(LETTERS[length])).collect()
    }

    /// So many bytes, any of the 256 as likely as the next.
    ///
    /// ```
    /// assert_eq!(probe::Inputs::from_seed(1).bytes(9..=9).len(), 9);
    /// ```
    pub fn bytes(&mut self, length: RangeInclusive<usize>) -> Vec<u8> {
        (0..self.size(length)).map(|_| self.number(0..=255) as u8).collect()
    }

    /// The text in pieces of one byte or more, as reads may give it. It is cut inside a character if it has one of
    /// several bytes. Every fourth time each piece is one byte, so that there is a cut at every place there is.
    ///
    /// ```
    /// let mut inputs = probe::Inputs::from_seed(1);
    /// let pieces = inputs.pieces("питон");
    /// assert_eq!(pieces.concat(), "питон".as_bytes());
    /// assert!(pieces.iter().any(|piece| std::str::from_utf8(piece).is_err()));
    /// ```
    pub fn pieces(&mut self, text: &str) -> Vec<Vec<u8>> {
        let everywhere = self.number(1..=4) == 1;
        let mut cuts: Vec<usize> = (1..text.len()).filter(|_| everywhere || self.number(1..=3) == 1).collect();
        let inside: Vec<usize> = (1..text.len()).filter(|at| !text.is_char_boundary(*at)).collect();
        if !inside.is_empty() && !cuts.iter().any(|cut| inside.contains(cut)) {
            cuts.push(*self.pick(&inside));
            cuts.sort_unstable();
        }
        let ends = cuts.iter().copied().chain((!text.is_empty()).then_some(text.len()));
        let starts = [0].into_iter().chain(cuts.iter().copied());
        starts.zip(ends).map(|(start, end)| text.as_bytes()[start..end].to_vec()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_as_many_characters_as_were_asked_for_and_every_length_of_them() {
        for seed in 0..200 {
            let mut inputs = Inputs::from_seed(seed);
            for count in 0..9 {
                let text = inputs.text(count..=count);
                assert_eq!(text.chars().count(), count);
                assert!(!text.contains(char::is_control), "{text:?}");
                let lengths = (1..=4).filter(|length| text.chars().any(|c| c.len_utf8() == *length)).count();
                assert!(lengths >= count.min(4), "{text:?}");
            }
        }
        let many: String = (0..40).map(|seed| Inputs::from_seed(seed).text(9..=9)).collect();
        assert!(LETTERS[4].iter().any(|mark| many.contains(*mark)), "combining marks come up");
    }

    #[test]
    fn pieces_are_the_text_and_cut_it_inside_a_character_where_there_is_an_inside() {
        let mut everywhere = 0;
        for seed in 0..400 {
            let mut inputs = Inputs::from_seed(seed);
            let text = inputs.text(0..=8);
            let pieces = inputs.pieces(&text);
            assert_eq!(pieces.concat(), text.as_bytes());
            assert!(pieces.iter().all(|piece| !piece.is_empty()));
            let cut_inside = pieces.iter().any(|piece| std::str::from_utf8(piece).is_err());
            assert_eq!(cut_inside, !text.is_ascii(), "{text:?}: {pieces:?}");
            everywhere += usize::from(pieces.len() == text.len());
        }
        assert!((60..250).contains(&everywhere), "{everywhere} of 400 are cut at every byte");
        assert!(Inputs::from_seed(1).pieces("").is_empty());
    }
}
