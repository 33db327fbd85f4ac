using PhysOpt.Functions;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>
/// Losses with kinks, cusps, jumps, plateaus and units that differ by many orders: an end that is called a minimum is one, whatever the
/// method, with slopes and by values alone.
/// </summary>
public class HardProblemTests
{
    /// <summary>A part of what the loss has fallen by: what a minimum may be above the lowest value.</summary>
    const double Part = 1e-6;

    static readonly IReadOnlyDictionary<string, (OptimizationProblem Problem, double Minimum)> Problems =
        new Dictionary<string, (OptimizationProblem, double)>
        {
            ["kink"] = (Of(x => double.Abs(x[0]) + Square(x[1] - 1), x => [Sign(x[0]), 2 * (x[1] - 1)], 0.3, 3), 0),
            ["kinks"] = (Of(x => x.Sum(double.Abs), x => x.Select(Sign), 3, -2, 0.7), 0),
            ["kinked valley"] = (Of(
                x => double.Abs(x[1] - x[0] * x[0]) + 0.1 * Square(1 - x[0]),
                x => [-2 * x[0] * Sign(x[1] - x[0] * x[0]) - 0.2 * (1 - x[0]), Sign(x[1] - x[0] * x[0])], -1.2, 1), 0),
            ["largest"] = (Of(
                x => double.Max(double.Abs(x[0]), 2 * double.Abs(x[1])),
                x => double.Abs(x[0]) > 2 * double.Abs(x[1]) ? [Sign(x[0]), 0] : [0, 2 * Sign(x[1])], 2, 3), 0),
            ["cusp"] = (Of(
                x => double.Sqrt(double.Abs(x[0] - 1)) + Square(x[1]),
                x => [Sign(x[0] - 1) / (2 * double.Sqrt(double.Abs(x[0] - 1))), 2 * x[1]], 3, 2), 0),
            ["jump"] = (Of(x => Square(x[0] - 0.3) + (x[0] < 1 ? 0 : 5), x => [2 * (x[0] - 0.3)], 4), 0),
            ["jump to a minimum that is higher"] = (Of(x => Square(x[0] - 0.3) + (x[0] < 1 ? 7 : 0), x => [2 * (x[0] - 0.3)], 4), 7),
            ["peak beyond a plateau"] = (Of(
                x => -double.Exp(-Square(x[0] - 12)) - double.Exp(-Square(x[1])),
                x => [2 * (x[0] - 12) * double.Exp(-Square(x[0] - 12)), 2 * x[1] * double.Exp(-Square(x[1]))], 1, 0.5), -2),
            ["flat bottom"] = (Of(
                x => Square(double.Max(0, double.Abs(x[0]) - 1)) + Square(x[1] - 2),
                x => [2 * double.Max(0, double.Abs(x[0]) - 1) * Sign(x[0]), 2 * (x[1] - 2)], 5, 5), 0),
            ["eighth power"] = (Of(x => x.Sum(each => double.Pow(each - 2, 8)), x => x.Select(each => 8 * double.Pow(each - 2, 7)),
                5, -1), 0),
            ["units of L"] = (Of(
                x => x.Select((each, i) => double.Pow(10, 4 * i - 8) * Square(each - i)).Sum(),
                x => x.Select((each, i) => 2 * double.Pow(10, 4 * i - 8) * (each - i)), 9, 8, 7, 6, 5), 0),
            ["units of x"] = (Of(
                x => x.Select((each, i) => Square(each / Unit(i) - 1)).Sum(),
                x => x.Select((each, i) => 2 * (each / Unit(i) - 1) / Unit(i)), 3e-9, -2e-3, 5e3, 0.5e9), 0),
        };

    public static TheoryData<string, string, bool> MethodsAndProblems()
    {
        var rows = new TheoryData<string, string, bool>();
        string[] methods = ["GradientDescent", "Adam", "AdaGrad", "RmsProp", "Newton", "Lbfgs", "TrustRegion"];
        foreach (var method in methods)
        {
            foreach (var problem in Problems.Keys)
            {
                rows.Add(method, problem, true);
                rows.Add(method, problem, false);
            }
        }

        return rows;
    }

    public static TheoryData<string, bool> ProblemNames()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var problem in Problems.Keys)
        {
            rows.Add(problem, true);
            rows.Add(problem, false);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(MethodsAndProblems))]
    public void A_method_calls_no_end_a_minimum_that_is_none(string method, string name, bool hasSlopes)
    {
        var problem = Given(name, hasSlopes);
        var entry = MethodRegistry.Require(method);
        var last = entry.Run(problem, options: entry.Defaults with { MaxIterations = 5000 }).Last();
        AssertTrue(name, problem, last.Status, last.X, last.Loss);
    }

    [Theory]
    [MemberData(nameof(ProblemNames))]
    public void A_search_calls_no_end_a_minimum_that_is_none(string name, bool hasSlopes)
    {
        var problem = Given(name, hasSlopes);
        var result = new MinimumSearch().Find(problem);
        AssertTrue(name, problem, result.Status, result.X, result.Loss);
    }

    static void AssertTrue(string name, OptimizationProblem problem, TerminationReason status, Vector x, double loss)
    {
        MethodMatrix.AssertNoneLowerNearby(problem, status, x, loss);
        var (minimum, start) = (Problems[name].Minimum, problem.Loss.Evaluate(problem.InitialGuess)[0]);
        Assert.True(!status.IsConverged() || loss - minimum <= Part * (start - minimum),
            FormattableString.Invariant($"{status} at {x}, where the loss is {loss:R}"));
    }

    static OptimizationProblem Given(string name, bool hasSlopes) => hasSlopes ? Problems[name].Problem
        : Problems[name].Problem.WithLoss(DelegateMap.Create(Problems[name].Problem.Loss.Evaluate));

    static OptimizationProblem Of(Func<Vector, double> value, Func<Vector, IEnumerable<double>> slopes, params double[] start) =>
        Runs.Objective(DelegateMap.Scalar(value, x => new(slopes(x))), start);

    static double Square(double value) => value * value;

    static double Sign(double value) => double.Sign(value);

    static double Unit(int i) => double.Pow(10, 6 * i - 9);
}
