using static PhysOpt.TerminationReason;

namespace PhysOpt.Tests.Problems;

internal static partial class MethodMatrix
{
    /// <summary>A problem that a method is meant for and yet does not solve.</summary>
    /// <param name="Method">The method.</param>
    /// <param name="Problem">The problem.</param>
    /// <param name="Status">How the run ends.</param>
    /// <param name="Reason">Why, in words.</param>
    internal sealed record Exception(string Method, string Problem, TerminationReason Status, string Reason);

    const string
        Flat = "the loss is of fourth order in a direction, where the gradient vanishes before the loss is small enough: more than " +
            "20,000 iterations",
        Conditioned = "its rate is that of the steepest direction: the flattest one is not done after 20,000 iterations",
        HS3 = "the curvature is 2e-5 along the bound: more than 20,000 iterations",
        Shrinks = "its steps shrink with the sum of all squared gradients, the large ones at the start included: more than 20,000 " +
            "iterations",
        KeepsLength = "its steps stay as long as its learning rate, so that it ends moving about the minimum",
        Stationary = "goes to the nearest stationary point, a saddle or a maximum, as the book has it",
        Singular = "Newton's step does not exist where the Hessian is singular, as the book has it",
        Overflows = "the full Newton step goes where the loss is no longer finite, as the book has it",
        Gulf = "goes to a plateau where all residuals are constant, as the book has it",
        SingularJacobian = "nothing but halving tames its steps, which grow without limit where the Jacobian is nearly singular: what " +
            "Levenberg-Marquardt is for",
        FlatFit = "a full step leads to a plateau where the model of the data underflows: the gradient is zero",
        NoInverse = "the local search for the inverse ends at a point with a singular Jacobian",
        Watson = "the loss falls by less than ten spacings of numbers an iteration in a valley 1e13 times flatter than it is steep; the " +
            "reference implementation ends there too",
        Exchanged = "goes to the stationary point at 5.66e-3, which the paper calls a local minimum: its two equal exponentials part downwards",
        Crawls = "its models follow a valley that is 1e10 times flatter than it is steep, or curves in 50 variables: more than 30,000 values",
        Fixed = "its learning rate has units of (x/y)^(1/2): no one rate suits columns whose scales differ by many orders";

    internal static IReadOnlyList<Exception> Exceptions { get; } =
    [
        .. Each("GradientDescent", IterationLimit, Flat, "PowellSingular", "ThreeSpaces"),
        .. Each("GradientDescent", IterationLimit, Conditioned, "Wood", "VariablyDimensioned", "HS38", "RotatedSine32"),
        .. Each("GradientDescent", IterationLimit, HS3, "HS3"),
        .. Each("Adam", IterationLimit, Conditioned, "RotatedSine32"),
        .. Each("AdaGrad", IterationLimit, Flat, "PowellSingular", "ThreeSpaces"),
        .. Each("AdaGrad", IterationLimit, Shrinks, "VariablyDimensioned", "RotatedSine32"),
        .. Each(
            "RmsProp", IterationLimit, KeepsLength,
            "Rosenbrock", "Beale", "HelicalValley", "PowellSingular", "Wood", "HS1", "HS38", "Oscillators", "RotatedSine1",
                "RotatedSine32"),
        .. Each(
            "Newton", Saddle, Stationary,
            "Beale", "Wood", "RotatedSine1", "PowellBadlyScaled", "Chebyquad7", "Chebyquad8", "Chebyquad9", "Chebyquad10",
                "KowalikOsborne"),
        .. Each(
            "Newton", SingularHessian, Singular,
            "Oscillators", "Biggs", "LinearRankOne", "LinearRankOneWithZeros", "PowellSingular", "ExtendedPowellSingular"),
        .. Each("Newton", NonFinite, Overflows, "Osborne2"),
        .. Each("Newton", Saddle, Gulf, "Gulf", "Meyer"),
        .. Each(
            "GaussNewton", LineSearchFailed, SingularJacobian,
            "FreudensteinRoth", "JennrichSampson", "Biggs", "Chebyquad8", "Chebyquad9", "Chebyquad10", "Eckerle4 from start 1"),
        .. Each("GaussNewton", IterationLimit, SingularJacobian, "Gulf", "PenaltyII10", "Rat43 from start 1", "MGH09 from start 1"),
        .. Each("GaussNewton", TerminationReason.Flat, FlatFit, "MGH10 from start 1", "MGH17 from start 1"),
        .. Each("InverseSimulator", OutOfRange, NoInverse, "FreudensteinRoth", "Trigonometric", "Chebyquad8", "Chebyquad10"),
        .. Each("Lbfgs", IterationLimit, Watson, "Watson12"),
        .. Each("Lbfgs", Saddle, Exchanged, "Biggs"),
        .. Each("Bobyqa", EvaluationLimit, Crawls, "VariablyDimensioned50", "Watson9", "Watson12"),
        .. Each("HalfInverseGradient", TerminationReason.Flat, Fixed, "PowellBadlyScaled"),
        .. Each("HalfInverseGradient", StepCollapsed, Fixed, "BrownBadlyScaled"),
        .. Each("HalfInverseGradient", IterationLimit, Fixed, "Meyer"),
        .. Each("HalfInverseGradient", TerminationReason.Flat, FlatFit, "HS25"),
    ];

    static IEnumerable<Exception> Each(string method, TerminationReason status, string reason, params string[] problems) =>
        problems.Select(problem => new Exception(method, problem, status, reason));

    /// <summary>Learning rates that were found by trying powers of ten and what lies between.</summary>
    static class Rates
    {
        internal static readonly IReadOnlyDictionary<string, double> GradientDescent = Of(
            ("Beale", 0.03), ("BrownDennis", 1e-6), ("BroydenTridiagonal", 0.01), ("HelicalValley", 0.001), ("HS1", 0.001), ("HS5", 0.3),
                ("Rosenbrock", 0.002),
            ("Wood", 0.0005), ("HS38", 0.0005), ("PowellSingular", 0.002), ("VariablyDimensioned", 2e-7), ("HS3", 10),
                ("ThreeSpaces", 0.01),
            ("Oscillators", 0.1), ("RotatedSine1", 0.1), ("RotatedSine32", 0.0005), ("Scaled", 0.005), ("Logarithm", 0.5));

        internal static readonly IReadOnlyDictionary<string, double> Adam = Of(
            ("Beale", 0.3), ("BrownDennis", 3), ("BroydenTridiagonal", 0.1), ("HelicalValley", 3), ("HS1", 1), ("HS3", 10), ("HS38", 3),
                ("HS5", 0.1),
            ("PowellSingular", 1), ("Rosenbrock", 0.3), ("ThreeSpaces", 1), ("VariablyDimensioned", 1), ("Wood", 3), ("Oscillators", 0.03),
                ("RotatedSine1", 0.1),
            ("RotatedSine32", 0.1), ("Scaled", 0.1), ("Logarithm", 0.03));

        internal static readonly IReadOnlyDictionary<string, double> AdaGrad = Of(
            ("Beale", 1), ("BrownDennis", 10), ("BroydenTridiagonal", 0.3), ("HelicalValley", 3), ("HS1", 3), ("HS3", 10), ("HS38", 3),
                ("HS5", 3),
            ("PowellSingular", 3), ("Rosenbrock", 1), ("ThreeSpaces", 1), ("VariablyDimensioned", 1), ("Wood", 3), ("Oscillators", 0.1),
                ("RotatedSine1", 1),
            ("RotatedSine32", 3), ("Scaled", 1), ("Logarithm", 0.3));

        internal static readonly IReadOnlyDictionary<string, double> RmsProp = Of(
            ("BrownDennis", 3), ("BroydenTridiagonal", 3), ("HS3", 3), ("HS5", 0.3), ("ThreeSpaces", 0.0003),
                ("VariablyDimensioned", 0.01));

        internal static readonly IReadOnlyDictionary<string, double> HalfInverseGradient = Of(
            ("Bard", 0.2), ("Beale", 0.2), ("Biggs", 0.1), ("BrownAlmostLinear", 0.05), ("BrownDennis", 0.001), ("BroydenBanded", 0.2),
                ("BroydenTridiagonal", 0.2),
            ("BroydenTridiagonal60", 0.2), ("Chebyquad7", 0.2), ("Chebyquad8", 0.005), ("Chebyquad9", 0.2), ("Chebyquad10", 0.01),
                ("DiscreteBoundaryValue", 0.2),
            ("ExtendedPowellSingular", 0.2), ("ExtendedRosenbrock", 0.1), ("FreudensteinRoth", 0.02), ("Gulf", 0.2), ("HATFLDB", 0.2),
                ("HelicalValley", 0.2), ("HS1", 0.1),
            ("HS2", 0.005), ("HS38", 0.2), ("JennrichSampson", 0.001), ("LinearRankOne", 0.02), ("LinearRankOneWithZeros", 0.02),
                ("Osborne1", 0.05), ("Osborne2", 0.2),
            ("PenaltyI10", 0.2), ("PenaltyII10", 0.1), ("PenaltyII4", 0.2), ("PowellSingular", 0.2), ("Rosenbrock", 0.1),
                ("VariablyDimensioned", 0.05),
            ("RotatedSine32", 0.02), ("Scaled", 0.1), ("VariablyDimensioned50", 0.001), ("Watson6", 0.2), ("Watson9", 0.2),
                ("Watson12", 0.2), ("Wood", 0.2));

        static Dictionary<string, double> Of(params (string Problem, double Rate)[] rates) =>
            rates.ToDictionary(each => each.Problem, each => each.Rate);
    }
}
