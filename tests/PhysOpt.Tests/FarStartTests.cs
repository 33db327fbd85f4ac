using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>
/// The problems of Moré, Garbow and Hillstrom (1981) from ten and a hundred times their starts, as their paper has them: an end that is
/// called a minimum is one.
/// </summary>
public class FarStartTests
{
    static readonly string[] Methods = ["Newton", "GaussNewton", "Lbfgs", "TrustRegion", "LevenbergMarquardt"];

    static readonly double[] Factors = [10, 100];

    public static TheoryData<string, string, double> MethodsAndStarts()
    {
        var rows = new TheoryData<string, string, double>();
        foreach (var method in Methods)
        {
            foreach (var problem in MoreGarbowHillstrom.All.Where(MethodMatrix.Methods[method].IsMeantFor))
            {
                foreach (var factor in Factors) rows.Add(method, problem.Name, factor);
            }
        }

        return rows;
    }

    public static TheoryData<string, double> Starts()
    {
        var rows = new TheoryData<string, double>();
        foreach (var problem in MoreGarbowHillstrom.All)
        {
            foreach (var factor in Factors) rows.Add(problem.Name, factor);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(MethodsAndStarts))]
    public void A_method_calls_no_end_a_minimum_that_is_none(string method, string name, double factor)
    {
        var far = FarFrom(name, factor);
        var last = MethodMatrix.Methods[method].Run(far);
        MethodMatrix.AssertNoneLowerNearby(far.Problem, last.Status, last.X, last.Loss);
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_search_calls_no_end_a_minimum_that_is_none(string name, double factor)
    {
        var far = FarFrom(name, factor);
        var result = new MinimumSearch().Find(far.Problem);
        MethodMatrix.AssertNoneLowerNearby(far.Problem, result.Status, result.X, result.Loss);
    }

    /// <summary>A start of zeros becomes one of the factor itself, as in the programs of the paper.</summary>
    static ReferenceProblem FarFrom(string name, double factor)
    {
        var known = MethodMatrix.Problems[name];
        var start = known.Problem.InitialGuess;
        var far = start.All(each => each == 0) ? start.Select(_ => factor) : start.Select(each => factor * each);
        return new(known.Problem.StartingAt(new(far)), known.Minimum);
    }
}
