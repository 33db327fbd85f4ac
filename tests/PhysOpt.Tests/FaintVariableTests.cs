using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Fits in which some parameters hardly matter where they are: the others are fitted, and those stay where they can be found.
/// </summary>
public class FaintVariableTests
{
    static readonly VariableNames Names = new(["amplitude", "rate", "offset"]);

    static readonly double[] times = [300, 900, 1500, 2100];

    /// <summary>p0 exp(-t p1) + p2 at the first so many times.</summary>
    static IDifferentiableMap Decay(int count) => DelegateMap.Create(
        x => new Vector(times.Take(count).Select(t => x[0] * double.Exp(-t * x[1]) + x[2])),
        x => new Matrix(count, 3, (i, j) => j switch
        {
            0 => double.Exp(-times[i] * x[1]),
            1 => -times[i] * x[0] * double.Exp(-times[i] * x[1]),
            _ => 1,
        }));

    static IterationRecord Run(int count, Vector target, Vector start, Listener? listener = null) => Optimizer.Run(
        new OptimizationProblem("decay", Decay(count), new SquaredDistance(target), start, variables: Names), new LevenbergMarquardt(),
        LevenbergMarquardt.DefaultOptions with { Observer = listener }).Last();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(-3, 2, 10)]
    [InlineData(1e6, 1.5, -1)]
    [InlineData(1e-6, 0.9, 1e3)]
    public void The_others_are_fitted_and_the_faint_ones_stay(double amplitude, double rate, double offset)
    {
        var listener = new Listener();
        var last = Run(2, new(5, 3), new(amplitude, rate, offset), listener);
        Assert.Equal((amplitude, rate), (last.X[0], last.X[1]));
        Near.Relative(4, last.X[2], 1e-12);
        Assert.Equal(TerminationReason.Flat, last.Status);
        Assert.Contains(listener.Explanations, said => said == "amplitude, rate are left out: the residual hardly depends on them here.");
        Assert.DoesNotContain(listener.Warnings, said => said.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_search_goes_on_and_finds_them()
    {
        var result = new MinimumSearch().Find(new("decay", Decay(2), new SquaredDistance(new(5, 3)), new(1, 1, 1)));
        Assert.True(result.IsConverged && result.Loss < 1e-20, result.Message);
    }

    [Fact]
    public void A_constant_is_the_mean_of_the_data() =>
        Near.Relative(2.5, Run(4, new(1, 2, 3, 4), new(1, 1, 0)).X[2], 1e-12);

    [Theory]
    [InlineData(1e-20)]
    [InlineData(-1e-40)]
    [InlineData(1e-100)]
    public void One_that_only_begins_next_to_nothing_is_found(double start)
    {
        // y = (a, a + b): a is 1e-20 and has to become 2
        var map = DelegateMap.Create(x => new Vector(x[0], x[0] + x[1]), _ => new Matrix(new double[,] { { 1, 0 }, { 1, 1 } }));
        var last = Optimizer.Run(
            new OptimizationProblem("small", map, new SquaredDistance(new Vector(2, 5)), new(start, 1)), new LevenbergMarquardt()).Last();
        Assert.True(last.Status.IsConverged(), last.Status.ToString());
        Near.Relative(new Vector(2, 3), last.X, 1e-12);
    }

    [Fact]
    public void Units_of_y_and_the_parameters_change_nothing()
    {
        foreach (var (ofY, ofRate) in ((double, double)[])[(1, 1), (1e-30, 1), (1e6, 1e-3), (1, 1e-9)])
        {
            var plain = Decay(2);
            var map = DelegateMap.Create(
                x => ofY * plain.Evaluate(new(x[0] / ofY, x[1] * ofRate, x[2] / ofY)),
                x =>
                {
                    var at = new Vector(x[0] / ofY, x[1] * ofRate, x[2] / ofY);
                    var jacobian = plain.Jacobian(at, plain.Evaluate(at));
                    return new(2, 3, (i, j) => j == 1 ? ofY * ofRate * jacobian[i, j] : jacobian[i, j]);
                });
            var last = Optimizer.Run(
                new OptimizationProblem("units", map, new SquaredDistance(new(5 * ofY, 3 * ofY)), new(ofY, 1 / ofRate, ofY)),
                new LevenbergMarquardt()).Last();
            Near.Relative(4 * ofY, last.X[2], 1e-12);
            Assert.True(last.Status == TerminationReason.Flat, $"{ofY} {ofRate} {last.Status} {last.X} {last.Evaluations}");
        }
    }
}
