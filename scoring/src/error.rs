//! What can be wrong: with a layout, with recording an answer, and why a statistic is undefined.
//!
//! Every variant says in a few words what happened, since these words stand in reports in place of the number.
//! No formula lives here; all modules of the crate return these.

use serde::{Serialize, Serializer};
use thiserror::Error;

/// Why a statistic has no value; `Display` and serde give the same short words.
///
/// ```
/// use scoring::Undefined;
/// assert_eq!(Undefined::NoAnswers.to_string(), "no answers");
/// assert_eq!(Undefined::FewerThan(10).to_string(), "fewer than 10 people");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Undefined {
    /// Nobody answered.
    #[error("no answers")]
    NoAnswers,
    /// A spread or an interval needs at least two.
    #[error("one answer only")]
    OneAnswer,
    /// All answers are equal.
    #[error("no variance")]
    NoVariance,
    /// The statistic needs several items of the dimension, and each person was asked at most one.
    #[error("one item asked")]
    OneItem,
    /// The statistic needs at least three items.
    #[error("two items only")]
    TwoItems,
    /// The statistic is for two items.
    #[error("not two items")]
    NotTwoItems,
    /// Alpha is exactly 1 and has no interval on log(1 - alpha).
    #[error("all items agree")]
    AllItemsAgree,
    /// Nobody was asked and answered all items of the dimension.
    #[error("no one answered all items")]
    NoneComplete,
    /// Nobody answered both sides of a pair.
    #[error("no one answered both")]
    NoneAnsweredBoth,
    /// A difference in raw units needs one scale.
    #[error("different scales")]
    DifferentScales,
    /// A part of a sum has no value, so the sum has none.
    #[error("a dimension has no answers")]
    DimensionMissing,
    /// The survey has no dimension of facet experience.
    #[error("no experience dimension")]
    NoExperience,
    /// The survey has no dimension of facet image.
    #[error("no image dimension")]
    NoImage,
    /// An experience dimension has no expectation beside it.
    #[error("an expectation is missing")]
    NoExpectation,
    /// The weights do not fit the experience dimensions, are negative, or do not sum to 1.
    #[error("weights do not fit")]
    BadWeights,
    /// Kappa lies outside 0..=1 or theta below 0.
    #[error("kappa or theta out of range")]
    OutOfRange,
    /// The interval of a ratio has no end, since its denominator may be 0.
    #[error("the interval has no bounds")]
    Unbounded,
    /// A pair of variables has too few people in common; carries the minimum.
    #[error("fewer than {0} people answered a pair")]
    ThinPair(u64),
    /// The one-factor solution is improper: a residual variance would be zero or negative.
    #[error("improper solution (Heywood case)")]
    Heywood,
    /// A correlation or covariance matrix has an eigenvalue that is not positive.
    #[error("correlation matrix is not positive definite")]
    NotPositiveDefinite,
    /// No single factor is marked out: the items hardly correlate.
    #[error("the items share no single factor")]
    NoCommonFactor,
    /// A test has nothing left to test: the model fits any answers exactly.
    #[error("no degrees of freedom")]
    NoFreedom,
    /// An iteration did not settle.
    #[error("the iteration did not converge")]
    NotConverged,
    /// A comparison needs at least two groups with answers.
    #[error("fewer than two groups")]
    OneGroup,
    /// A test needs at least two answers in each group.
    #[error("a group has fewer than two answers")]
    SmallGroup,
    /// A test needs spread in each group.
    #[error("a group has no variance")]
    FlatGroup,
    /// A group has too few people who answered all items; carries the minimum.
    #[error("a group has fewer than {0} complete answers")]
    ThinGroup(u64),
    /// The levels differ less than their own sampling errors allow for, and an interval for tau² is empty.
    #[error("the levels are more alike than chance allows")]
    TooAlike,
    /// The spread between places cannot be told from fewer; carries the minimum.
    #[error("fewer than {0} places")]
    FewPlaces(u64),
    /// The jackknife has too few groups with people; carries the minimum.
    #[error("fewer than {0} jackknife groups with people")]
    FewJackknifeGroups(u64),
    /// There is nothing to explain the outcome by.
    #[error("fewer than two predictors")]
    FewPredictors,
    /// Every subset of the predictors has to be looked at, which ends here.
    #[error("more than 18 predictors")]
    ManyPredictors,
    /// The survey does not ask for an overall judgement.
    #[error("no overall outcome")]
    NoOverall,
    /// There are too few people for the number of variables.
    #[error("too few people for the number of variables")]
    FewForVariables,
    /// Person scores over all dimensions are not kept one by one.
    #[error("not kept as a distribution")]
    NotKept,
    /// A chart needs more points; carries the minimum.
    #[error("fewer than {0} points")]
    FewPoints(u64),
    /// A value lies beyond the ends of its scale, or a part is larger than the whole.
    #[error("beyond the scale")]
    OffScale,
    /// A frozen baseline of another version, of another scale, or with impossible numbers.
    #[error("the baseline does not fit")]
    BadBaseline,
    /// The exact sums do not fit the counters.
    #[error("too large to count exactly")]
    TooLarge,
    /// The statistic is a correlation of dimensions with several items each, and there are fewer than two such.
    #[error("fewer than two dimensions with several items")]
    FewDimensions,
    /// A weighting class has too few answers; carries the minimum.
    #[error("a weighting class has fewer than {0} answers")]
    ThinClass(u64),
    /// The frame's margins do not fit the answers or each other.
    #[error("the margins do not fit")]
    BadMargins,
    /// A disclosure rule holds the figure back; carries the minimum.
    #[error("fewer than {0} people")]
    FewerThan(u64),
    /// The codes of the item name options and are no amounts.
    #[error("codes are names")]
    CodesAreNames,
    /// A disclosure rule holds the figure back so that another one stays hidden.
    #[error("withheld to protect another figure")]
    Complement,
}

impl Serialize for Undefined {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a layout was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// A scale needs two to eleven points inside 0..=10.
    #[error("scale {min}..{max}: a scale has 2 to 11 points between 0 and 10")]
    Scale {
        /// Lowest code.
        min: u8,
        /// Highest code.
        max: u8,
    },
    /// Two items, or two dimensions, share a key.
    #[error("the key \"{0}\" is used twice")]
    DuplicateKey(String),
    /// `overall` and `quality` name other figures of the report.
    #[error("a dimension may not be called \"{0}\"")]
    ReservedKey(String),
    /// A dimension or outcome has no item, or more than sixteen.
    #[error("\"{key}\" has {count} items; 1 to 16 are possible")]
    ItemCount {
        /// The dimension, or `overall`.
        key: String,
        /// How many items it lists.
        count: usize,
    },
    /// An index points behind the last item.
    #[error("\"{key}\" names item number {index}, which does not exist")]
    NoSuchItem {
        /// The dimension or outcome.
        key: String,
        /// The index, from 0.
        index: usize,
    },
    /// An item stands in two dimensions, or twice in one.
    #[error("the item \"{0}\" stands in a dimension twice")]
    ItemTwice(String),
    /// The items of one mean must share their scale.
    #[error("the items of \"{0}\" are on different scales")]
    MixedScales(String),
    /// A top-box threshold is not a code of its scale.
    #[error("the top-box threshold {threshold} of \"{item}\" is not on its scale")]
    TopBox {
        /// The item.
        item: String,
        /// The threshold asked for.
        threshold: u8,
    },
    /// The recommendation question is defined on 0..=10 only.
    #[error("\"{0}\" is not on the scale 0..10, which a net promoter score needs")]
    NpsScale(String),
    /// `of` names something that is not an experience dimension.
    #[error("\"{key}\" belongs to \"{of}\", which is not an experience dimension")]
    NoSuchDimension {
        /// The dimension that carries the reference.
        key: String,
        /// What it refers to.
        of: String,
    },
    /// Two dimensions of one facet belong to the same experience dimension.
    #[error("\"{0}\" has two dimensions of one facet that belong to it")]
    PairedTwice(String),
    /// The codes of an item are names, and it stands in a dimension or is an outcome.
    #[error("the codes of \"{0}\" are names; they cannot be added up in a dimension or an outcome")]
    NamesInScore(String),
    /// More than 64 variables.
    #[error("{0} variables; at most 64 are possible")]
    TooManyVariables(usize),
}

/// Why answers or cells could not be counted; the cell is then unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CellError {
    /// The cell, the other cell or the answers belong to another layout.
    #[error("the counts belong to another layout")]
    OtherLayout,
    /// A response needs one code for each item.
    #[error("{given} codes for {items} items")]
    AnswerCount {
        /// Items of the layout.
        items: usize,
        /// Codes given.
        given: usize,
    },
    /// A position lies beyond the scale of its item.
    #[error("item number {0} has a code beyond its scale")]
    UnknownCode(usize),
    /// What is to be taken away was never counted here.
    #[error("these answers are not in the counts")]
    NotCounted,
    /// A row of a scan names a cell that is not there.
    #[error("row number {0} belongs to no cell")]
    NoSuchCell(usize),
    /// The counts would leave the range in which all sums are exact.
    #[error("more people than one set of counts can hold")]
    TooManyPeople,
}
