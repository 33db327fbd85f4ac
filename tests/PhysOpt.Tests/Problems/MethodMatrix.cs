using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests.Problems;

/// <summary>Every method and every problem: what a method is meant for, how it is run there, and the exceptions.</summary>
internal static partial class MethodMatrix
{
    /// <summary>The minimisation problems that first-order methods are tried on too.</summary>
    static readonly IReadOnlyList<ReferenceProblem> Classic =
    [
        .. TestProblems.All.Values.Concat(TestProblems.Bounded.Values).Select(each => new ReferenceProblem(each.Problem, each.Minimum)),
            .. PhysicsProblems.All,
    ];

    static readonly IReadOnlyList<ReferenceProblem> Fits = [.. NistProblems.All.Values.SelectMany(set => (int[])[1, 2], Fit)];

    internal static IReadOnlyDictionary<string, ReferenceProblem> Problems { get; } =
        Classic.Concat(MoreGarbowHillstrom.All).Concat(Boxes.All).Concat(Fits).ToDictionary(each => each.Name);

    internal static IReadOnlyDictionary<string, MethodUse> Methods { get; } = new MethodUse[]
    {
        new("GradientDescent", Classic.Contains, ToTarget) { LearningRates = Rates.GradientDescent },
        new("Adam", Classic.Contains, ToTarget) { LearningRates = Rates.Adam },
        new("AdaGrad", Classic.Contains, ToTarget) { LearningRates = Rates.AdaGrad },
        new("RmsProp", Classic.Contains, ToTarget) { LearningRates = Rates.RmsProp },
        new("Newton", each => !IsBounded(each) && !Fits.Contains(each), AtLength),
        new("GaussNewton", each => HasResiduals(each) && !IsBounded(each), AtLength),
        new("InverseSimulator", each => HasResiduals(each) && !IsBounded(each) && !Fits.Contains(each) && IsInvertible(each), ToTarget),
        new("Lbfgs", each => !Fits.Contains(each), AtLength),
        new("TrustRegion", each => !IsBounded(each) && !Fits.Contains(each), AtLength),
        new("LevenbergMarquardt", HasResiduals, AtLength),
        new("HalfInverseGradient", each => HasResiduals(each) && !Fits.Contains(each),
            ToTarget) { LearningRates = Rates.HalfInverseGradient },
        new("Bobyqa", each => !Fits.Contains(each), AtOwnLength),
        new("NelderMead", each => !Fits.Contains(each) && each.Problem.Dimension <= 12, AtOwnLength),
    }.ToDictionary(each => each.Name);

    /// <summary>How a method is used.</summary>
    /// <param name="Name">Its name in the registry.</param>
    /// <param name="IsMeantFor">What it can do by its nature: keep bounds, or take residuals.</param>
    /// <param name="Options">When a run ends.</param>
    internal sealed record MethodUse(string Name, Func<ReferenceProblem, bool> IsMeantFor,
        Func<MethodEntry, ReferenceProblem, OptimizationOptions> Options)
    {
        /// <summary>Learning rates by problem, where the method's own does not suit.</summary>
        internal IReadOnlyDictionary<string, double> LearningRates { get; init; } = new Dictionary<string, double>();

        internal IterationRecord Run(ReferenceProblem problem)
        {
            var method = MethodRegistry.Require(Name);
            return method.Run(problem.Problem, LearningRates.TryGetValue(problem.Name, out var rate) ? rate : null,
                Options(method, problem)).Last();
        }
    }

    /// <summary>With its own tolerances, but time enough.</summary>
    static OptimizationOptions AtLength(MethodEntry method, ReferenceProblem problem) => method.Defaults with { MaxIterations = 1000 };

    /// <summary>With its own limits: by values alone there are more iterations, each of which costs no gradient.</summary>
    static OptimizationOptions AtOwnLength(MethodEntry method, ReferenceProblem problem) =>
        method.Defaults with { MaxIterations = 30_000, MaxEvaluations = 30_000 };

    /// <summary>Until the minimum is near enough: for methods whose steps tell nothing of that.</summary>
    static OptimizationOptions ToTarget(MethodEntry method, ReferenceProblem problem) => method.Defaults with
    {
        MaxIterations = 20_000,
        LossTarget = problem.Minimum + 0.5 * double.Max(1e-8, 1e-6 * double.Abs(problem.Minimum)),
    };

    static bool IsBounded(ReferenceProblem each) => (each.Problem.LowerBound ?? each.Problem.UpperBound) is not null;

    static bool HasResiduals(ReferenceProblem each) => each.Problem.Physics is not null && each.Problem.Loss is SquaredDistance;

    /// <summary>Only where there are no more residuals than unknowns can any y near y(x) be had, as the steps in y want it.</summary>
    static bool IsInvertible(ReferenceProblem each) =>
        each.Problem.Physics!.Evaluate(each.Problem.InitialGuess).Count <= each.Problem.Dimension;

    static ReferenceProblem Fit(NistProblems.Set set, int start) => new(
        new($"{set.Name} from start {start}", set.Model, new SquaredDistance(set.Observed), start == 1 ? set.FirstStart : set.SecondStart),
            set.ResidualSumOfSquares);
}
