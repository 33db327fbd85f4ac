using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>Laws of endings over many problems: what is added to a loss, which units it is in, and lines that no run leaves.</summary>
public class EndingLawTests
{
    static readonly ReferenceProblem[] Small = [.. MethodMatrix.Problems.Values.Where(each =>
        each.Problem is { Physics: ITwiceDifferentiableMap, Loss: SquaredDistance, LowerBound: null, UpperBound: null, Dimension: <= 6 })];

    static readonly Gen<ReferenceProblem> AnyProblem = Gen.Int[0, Small.Length - 1].Select(k => Small[k]);

    /// <summary>A variable that begins at 0 has no size of its own: that of the others, in their units, stands in for it.</summary>
    static readonly ReferenceProblem[] WithSizes = [.. Small.Where(each => each.Problem.InitialGuess.All(x => x != 0))];

    static readonly Gen<ReferenceProblem> AnyWithSizes = Gen.Int[0, WithSizes.Length - 1].Select(k => WithSizes[k]);

    /// <summary>Powers of two, so that other units change no digit: 1e-12 to 1e12 for x, 1e-15 to 1e15 for y.</summary>
    static readonly Gen<Vector> UnitsOfX = Gen.Int[-40, 40].Array[6].Select(k => new Vector(k.Select(each => double.ScaleB(1, each))));

    static readonly Gen<double> UnitOfY = Gen.Int[-50, 50].Select(k => double.ScaleB(1, k));

    /// <summary>Plus or minus 1 to 1e18.</summary>
    static readonly Gen<double> Constant = Gen.Select(Gen.Double[0, 18], Gen.Bool, (power, isNegative) =>
        (isNegative ? -1 : 1) * double.Pow(10, power));

    static Gen<Vector> Numbers(int n) => Gen.Select(Gen.Double[0.5, 5], Gen.Bool, (size, isNegative) => isNegative ? -size : size).Array[n]
        .Select(values => new Vector(values));

    public static TheoryData<string> OfGradients() => [.. MethodRegistry.All.Select(each => each.Name)
        .Except(["InverseSimulator", "GaussNewton", "LevenbergMarquardt", "HalfInverseGradient"])];

    static IterationRecord Run(string method, OptimizationProblem problem) => MethodRegistry.Require(method)
        .Run(problem, MethodRegistry.Require(method).DefaultLearningRate is null or 1 ? null : 0.05, new() { MaxIterations = 500 }).Last();

    static Vector Of(Vector units, OptimizationProblem problem) => new(units.Take(problem.Dimension));

    /// <summary>|r(x / u)|^2 of a problem, in another unit of y.</summary>
    static OptimizationProblem InUnits(OptimizationProblem problem, Vector units, double b)
    {
        var (physics, target) = ((ITwiceDifferentiableMap)problem.Physics!, ((SquaredDistance)problem.Loss).Residual(Vector.Zero(
            problem.Physics!.Evaluate(problem.InitialGuess).Count)));
        var u = Of(units, problem);
        Vector Inner(Vector x) => new(x.Zip(u, (value, unit) => value / unit));
        return new(
            problem.Name,
            DelegateMap.Create(
                x => b * (physics.Evaluate(Inner(x)) + target),
                x =>
                {
                    var jacobian = physics.Jacobian(Inner(x), physics.Evaluate(Inner(x)));
                    return new(jacobian.RowCount, jacobian.ColumnCount, (i, j) => b * jacobian[i, j] / u[j]);
                },
                (x, w) =>
                {
                    var hessian = physics.WeightedHessian(Inner(x), physics.Evaluate(Inner(x)), b * w);
                    return new(hessian.RowCount, hessian.ColumnCount, (i, j) => hessian[i, j] / u[i] / u[j]);
                }),
            new SquaredDistance(), new(problem.InitialGuess.Zip(u, (value, unit) => value * unit)));
    }

    [Fact]
    public void Units_change_neither_path_nor_end_of_Levenberg_Marquardt() =>
        Gen.Select(AnyWithSizes, UnitsOfX, UnitOfY).Sample((each, units, b) =>
    {
        var ones = new Vector(units.Select(_ => 1.0));
        var method = MethodRegistry.Require("LevenbergMarquardt");
        var plain = method.Run(InUnits(each.Problem, ones, 1), options: new() { MaxIterations = 100 }).ToList();
        var scaled = method.Run(InUnits(each.Problem, units, b), options: new() { MaxIterations = 100 }).ToList();
        Assert.Equal((each.Name, plain[^1].Status, plain.Count), (each.Name, scaled[^1].Status, scaled.Count));
        for (var k = 0; k < plain.Count; k++)
        {
            Near.Absolute(plain[k].X, scaled[k].X.Zip(Of(units, each.Problem), (x, u) => x / u), 1e-6 * (1 + plain[k].X.Norm),
                $"{each} {k}");
        }
    }, iter: Laws.Samples(100));

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("AdaGrad")]
    [InlineData("RmsProp")]
    [InlineData("Lbfgs")]
    [InlineData("TrustRegion")]
    [InlineData("GaussNewton")]
    [InlineData("LevenbergMarquardt")]
    [InlineData("HalfInverseGradient")]
    public void In_any_unit_a_success_is_one(string name) => Gen.Select(AnyProblem, UnitsOfX, UnitOfY).Sample((each, units, b) =>
    {
        var problem = InUnits(each.Problem, units, b);
        var last = MethodRegistry.Require(name).Run(problem, options: new() { MaxIterations = 200 }).Last();
        MethodMatrix.AssertNoneLowerNearby(problem, last.Status, last.X, last.Loss);
    }, iter: Laws.Samples(50));

    /// <summary>
    /// What is left above the minimum of sum w (x - m)^2 is little beside the slopes times the variables' sizes, or nothing but their
    /// rounding: the gradient is exact, and the same whatever was added.
    /// </summary>
    [Theory]
    [MemberData(nameof(OfGradients))]
    public void What_is_added_to_a_loss_turns_no_wrong_end_into_success(string name) => Gen.Select(
        Gen.Double[-1, 1].Array[3], Numbers(3), Numbers(3), Constant).Sample((powers, m, from, c) =>
        {
            var w = new Vector(powers.Select(p => double.Pow(10, p)));
            var problem = Runs.Objective(
                DelegateMap.Scalar(
                    x => w.Select((each, i) => each * (x[i] - m[i]) * (x[i] - m[i])).Sum() + c,
                    x => new(w.Select((each, i) => 2 * each * (x[i] - m[i]))), _ => Matrix.Diagonal([.. w.Select(each => 2 * each)])),
                from.ToArray());
            var last = Run(name, problem);
            if (!last.Status.IsConverged()) return;
            var (left, slopes) = (0.0, 0.0);
            for (var i = 0; i < 3; i++)
            {
                var (off, size) = (double.Abs(last.X[i] - m[i]), double.Max(double.Abs(last.X[i]), double.Abs(from[i])));
                (left, slopes) = (left + w[i] * off * off, slopes + 2 * w[i] * off * (size + off));
            }

            // of methods that see the curvature along their steps alone, by as much more as the largest is of the smallest
            Assert.True(left <= 1e-5 * double.Max(10, w.Max() / w.Min()) * slopes, FormattableString.Invariant($"{last.Status} at {last.X}, {left:G3} above the minimum"));
        }, iter: Laws.Samples(100));

    [Theory]
    [InlineData("GaussNewton")]
    [InlineData("LevenbergMarquardt")]
    [InlineData("HalfInverseGradient")]
    public void A_residual_that_is_always_there_turns_no_wrong_end_into_success(string name) => Gen.Select(
        Gen.Double[-1, 1].Array[2], Numbers(2), Numbers(2), Gen.Double[0, 9]).Sample((powers, m, from, power) =>
        {
            var w = new Vector(powers.Select(p => double.Pow(10, p)));
            var physics = DelegateMap.Create(
                x => new Vector([.. x.Select((value, i) => w[i] * (value - m[i]) * (1 + 0.1 * double.Sin(value))), double.Pow(10, power)]),
                x => new Matrix(3, 2, (i, j) => i != j ? 0
                    : w[i] * (1 + 0.1 * double.Sin(x[i]) + 0.1 * (x[i] - m[i]) * double.Cos(x[i]))));
            var last = Run(name, new("Always", physics, new SquaredDistance(), from));
            if (!last.Status.IsConverged()) return;
            for (var i = 0; i < 2; i++)
            {
                Near.Absolute(m[i], last.X[i], 1e-3 * double.Max(double.Abs(m[i]), double.Abs(from[i])) * w.Max() / w.Min(),
                    $"{last.Status}");
            }
        }, iter: Laws.Samples(100));

    public static TheoryData<string> WithoutSecondDerivatives() => ["GradientDescent", "Adam", "AdaGrad", "RmsProp", "Lbfgs"];

    /// <summary>a x0^2 - b x1^2 + x1^4 on x1 = 0, and the same of x0 + x1 and x0 - x1 on x0 = x1.</summary>
    [Theory]
    [MemberData(nameof(WithoutSecondDerivatives))]
    public void A_saddle_that_a_line_of_symmetry_leads_to_is_no_success(string name) => Gen.Select(
        Gen.Double[0.2, 5], Gen.Double[0.2, 5], Gen.Double[-3, 3], Gen.Bool, Gen.Bool).Sample((a, b, from, isTurned, byValues) =>
        {
            double Value(double u, double v) => a * u * u - b * v * v + v * v * v * v;
            Vector Slopes(double u, double v) => new(2 * a * u, -2 * b * v + 4 * v * v * v);
            double F(Vector x) => isTurned ? Value(x[0] + x[1], x[0] - x[1]) : Value(x[0], x[1]);
            Vector G(Vector x)
            {
                if (!isTurned) return Slopes(x[0], x[1]);
                var g = Slopes(x[0] + x[1], x[0] - x[1]);
                return new(g[0] + g[1], g[0] - g[1]);
            }

            var map = byValues && !isTurned ? DelegateMap.Scalar(F) : DelegateMap.Scalar(F, G);
            var problem = Runs.Objective(map, from, isTurned ? from : 0);
            var last = Run(name, problem);
            Assert.False(last.Status.IsConverged(), $"{last.Status} at {last.X}, where the loss is {last.Loss}");
        }, iter: Laws.Samples(100));

    [Theory]
    [InlineData("GaussNewton")]
    [InlineData("LevenbergMarquardt")]
    [InlineData("HalfInverseGradient")]
    [InlineData("Lbfgs")]
    public void A_maximum_of_a_sum_of_squares_is_no_success(string name)
    {
        // (x1^2 - 1)^2 at x1 = 0
        var physics = DelegateMap.Create(x => new Vector(x[0] - 3, x[1] * x[1] - 1), x => Matrix.Diagonal(1, 2 * x[1]));
        var problem = new OptimizationProblem("Ridge", physics, new SquaredDistance(), new(1, 0));
        Assert.False(Run(name, problem).Status.IsConverged());
        Assert.True(new MinimumSearch().Find(problem).Loss < 1e-12);
    }
}
