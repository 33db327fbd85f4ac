using System.Globalization;
using System.Text.RegularExpressions;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>
/// One count of evaluations: how often the physics (or the objective) was really called, in the record, the result and the message.
/// </summary>
public partial class CountTests
{
    static void IsTold(long evaluations, string message) =>
        Assert.Equal(evaluations, long.Parse(Told().Match(message).Groups["count"].Value, CultureInfo.InvariantCulture));

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void A_run_counts_what_was_called_and_says_so(string method, DerivativeSource source)
    {
        var watch = new Watch();
        var listener = new Listener();
        var last = Runs.Methods[method](watch.Physics(Runs.Rosenbrock),
            new() { MaxIterations = 30, Derivative = source, Observer = listener }).Last();
        Assert.Equal(watch.Points.Count, last.Evaluations);
        IsTold(last.Evaluations, listener.Warnings.Concat(listener.Explanations).Single(text => Told().IsMatch(text)));
    }

    public static TheoryData<string> Problems() => [.. TestProblems.All.Keys];

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_search_counts_what_all_its_methods_called_and_says_so(string name)
    {
        var problem = TestProblems.All[name].Problem;
        foreach (var options in (OptimizationOptions[])[
            new() { MaxIterations = 1000 }, new() { MaxIterations = 1000, Derivative = DerivativeSource.FiniteDifference },
            new() { MaxIterations = 1000, MaxEvaluations = 17 }, new() { MaxIterations = 7 }])
        {
            var watch = new Watch();
            var result = new MinimumSearch { Options = _ => options }.Find(
                problem.Physics is ITwiceDifferentiableMap ? watch.Physics(problem) : watch.PhysicsValues(problem));
            Assert.Equal(watch.Points.Count, result.Evaluations);
            IsTold(result.Evaluations, result.Message);
        }
    }

    [Theory]
    [InlineData(1, 0, false)] // a saddle
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)] // which only second derivatives within bounds see
    [InlineData(0, 0, true)]
    public void A_search_that_goes_on_beyond_a_saddle_counts_that_too(double x0, double x1, bool isBounded)
    {
        var watch = new Watch();
        var saddle = DelegateMap.Scalar(
            x => x[0] * x[0] - x[1] * x[1] + double.Pow(x[1], 4), x => new(2 * x[0], -2 * x[1] + 4 * double.Pow(x[1], 3)),
            x => Matrix.Diagonal(2, -2 + 12 * x[1] * x[1]));
        var problem = Runs.Objective(watch.Twice(saddle), x0, x1);
        var result = new MinimumSearch().Find(isBounded ? problem.WithBounds(new(-9, -9), new(9, 9)) : problem);
        Near.Relative(-0.25, result.Loss, 1e-12);
        Assert.Equal(watch.Points.Count, result.Evaluations);
        IsTold(result.Evaluations, result.Message);
    }

    [Fact]
    public void A_search_from_a_flat_start_counts_its_way_to_where_the_loss_matters()
    {
        var watch = new Watch();
        var decay = DelegateMap.Create(p => new Vector(Enumerable.Range(1, 8).Select(t => p[0] * double.Exp(-p[1] * t))));
        var problem = new OptimizationProblem("Decay", decay, new SquaredDistance(decay.Evaluate(new(80, 0.3))), new(50, 900));
        var result = new MinimumSearch().Find(watch.PhysicsValues(problem));
        Near.Absolute(new Vector(80, 0.3), result.X, 1e-5);
        Assert.Equal(watch.Points.Count, result.Evaluations);
        IsTold(result.Evaluations, result.Message);
    }

    [Theory]
    [InlineData(NoiseProbe.Count + 12)]
    [InlineData(NoiseProbe.Count + 9)]
    [InlineData(30)]
    public void A_search_whose_function_breaks_counts_the_call_that_broke(int failAt)
    {
        var calls = 0;
        var broken = DelegateMap.Scalar(
            x => ++calls >= failAt ? throw new EvaluationException("Broken", "It broke.", x) : double.Cosh(x[0] - 3) + double.Cosh(x[1]));
        var result = new MinimumSearch().Find(Runs.Objective(broken, 0, 1));
        Assert.Equal(calls, result.Evaluations);
        IsTold(result.Evaluations, result.Message);
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void A_numeric_inverse_counts_what_was_called(InverseMethod method)
    {
        foreach (var target in (Vector[])[new(1, 4), new(1, -4)]) // the second is out of reach
        {
            var watch = new Watch();
            var result = new NumericInverse(method).Find(watch.Values(Runs.ThreeSpaces.Physics!), target, new(3, 3));
            Assert.Equal(target[1] > 0, result.IsFound);
            Assert.Equal(watch.Points.Count, result.Evaluations);
        }
    }

    [GeneratedRegex(@"(?<count>\d+) evaluations?:[^:]*$")]
    private static partial Regex Told();
}
