//! Values at which programs break, as often as those in between.

use super::Inputs;
use std::ops::RangeInclusive;

impl Inputs {
    /// A number in the range, both ends included: every other time a corner of it. Those are its ends with their
    /// neighbours, and 0 and 1.
    ///
    /// ```
    /// let mut inputs = probe::Inputs::from_seed(1);
    /// let drawn: Vec<u64> = (0..60).map(|_| inputs.corner(0..=u64::MAX)).collect();
    /// assert!([0, 1, u64::MAX - 1, u64::MAX].iter().all(|corner| drawn.contains(corner)));
    /// assert!(drawn.iter().any(|n| (2..u64::MAX - 1).contains(n)));
    /// ```
    pub fn corner(&mut self, range: RangeInclusive<u64>) -> u64 {
        let (low, high) = range.clone().into_inner();
        let corners = [low, low.saturating_add(1), high.saturating_sub(1), high, 0, 1];
        match self.one_of(&corners, |corner| range.contains(corner)) {
            Some(corner) => corner,
            None => self.number(range),
        }
    }

    /// The same for ranges that reach below zero: −1 is a corner as well.
    ///
    /// ```
    /// let mut inputs = probe::Inputs::from_seed(1);
    /// let drawn: Vec<i64> = (0..60).map(|_| inputs.signed_corner(i64::MIN..=i64::MAX)).collect();
    /// assert!([i64::MIN, -1, 0, 1, i64::MAX].iter().all(|corner| drawn.contains(corner)));
    /// ```
    pub fn signed_corner(&mut self, range: RangeInclusive<i64>) -> i64 {
        let (low, high) = range.clone().into_inner();
        let corners = [low, low.saturating_add(1), high.saturating_sub(1), high, -1, 0, 1];
        match self.one_of(&corners, |corner| range.contains(corner)) {
            Some(corner) => corner,
            None => self.signed(range),
        }
    }

    /// The same for a length, a count, an index: with `0..=n`, empty, one and full come up every other time.
    pub fn size_corner(&mut self, range: RangeInclusive<usize>) -> usize {
        self.corner(*range.start() as u64..=*range.end() as u64) as usize
    }

    /// Any float: every other time one that is not like others, among them both zeros, both infinities and NaN.
    ///
    /// ```
    /// let mut inputs = probe::Inputs::from_seed(1);
    /// let drawn: Vec<f64> = (0..99).map(|_| inputs.float_corner()).collect();
    /// assert!(drawn.iter().any(|n| n.is_nan()) && drawn.iter().any(|n| n.is_infinite()));
    /// ```
    pub fn float_corner(&mut self) -> f64 {
        const CORNERS: [f64; 11] = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            f64::EPSILON,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::MIN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ];
        match self.one_of(&CORNERS, |_| true) {
            Some(corner) => corner,
            None => self.float(f64::MIN..=f64::MAX),
        }
    }

    /// Every other time one of the candidates that fit, each as likely as the next.
    fn one_of<T: Copy>(&mut self, candidates: &[T], fits: impl Fn(&T) -> bool) -> Option<T> {
        if !self.flip() {
            return None;
        }
        let fitting: Vec<T> = candidates.iter().copied().filter(fits).collect();
        Some(*self.pick(&fitting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lie_in_their_range_and_come_up_about_every_other_time() {
        let mut inputs = Inputs::from_seed(3);
        for range in [0..=u64::MAX, 5..=5, 5..=6, 0..=0, u64::MAX..=u64::MAX, 7..=1000] {
            let drawn: Vec<u64> = (0..400).map(|_| inputs.corner(range.clone())).collect();
            assert!(drawn.iter().all(|n| range.contains(n)), "{range:?}");
            assert!(drawn.contains(range.start()) && drawn.contains(range.end()), "{range:?}");
        }
        let drawn = (0..400).map(|_| inputs.corner(1000..=u64::MAX - 1000));
        let corners = drawn.filter(|n| *n <= 1001 || *n >= u64::MAX - 1001).count();
        assert!((150..250).contains(&corners), "{corners} of 400");
    }

    #[test]
    fn signed_corners_lie_in_their_range() {
        let mut inputs = Inputs::from_seed(3);
        for range in [i64::MIN..=i64::MAX, -5..=-5, 3..=9, i64::MIN..=i64::MIN] {
            let drawn: Vec<i64> = (0..200).map(|_| inputs.signed_corner(range.clone())).collect();
            assert!(drawn.iter().all(|n| range.contains(n)), "{range:?}");
            assert!(drawn.contains(range.start()) && drawn.contains(range.end()), "{range:?}");
        }
        assert!((0..200).all(|_| inputs.size_corner(2..=4) <= 4));
    }
}
