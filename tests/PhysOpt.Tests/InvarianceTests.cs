using CsCheck;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class InvarianceTests
{
    static readonly Gen<double> Scale = Gen.Double[-3, 3].Select(logarithm => double.Pow(10, logarithm));

    /// <summary>Physics in other units: y = b P(x / s), componentwise.</summary>
    internal static OptimizationProblem InUnits(OptimizationProblem problem, Vector b, Vector s)
    {
        var physics = (ITwiceDifferentiableMap)problem.Physics!;
        Vector Inner(Vector x) => Over(x, s);
        var scaled = DelegateMap.Create(
            x => Times(b, physics.Evaluate(Inner(x))),
            x =>
            {
                var jacobian = physics.Jacobian(Inner(x), physics.Evaluate(Inner(x)));
                return new(jacobian.RowCount, jacobian.ColumnCount, (i, j) => b[i] * jacobian[i, j] / s[j]);
            },
            (x, w) =>
            {
                var hessian = physics.WeightedHessian(Inner(x), physics.Evaluate(Inner(x)), Times(b, w));
                return new(hessian.RowCount, hessian.ColumnCount, (i, j) => hessian[i, j] / s[i] / s[j]);
            });
        var inverse = problem.Inverse!;
        return new(
            problem.Name, scaled, problem.Loss, Times(s, problem.InitialGuess),
            DelegateMap.Inverse((y, near) => Times(s, inverse.Evaluate(Over(y, b), Over(near, s)))));
    }

    static Vector Times(Vector a, Vector b) => new(a.Zip(b, (left, right) => left * right));

    static Vector Over(Vector a, Vector b) => new(a.Zip(b, (left, right) => left / right));

    static readonly Vector One = new(1, 1);

    static void Same(List<IterationRecord> expected, List<IterationRecord> actual, double tolerance, Func<Vector, Vector>? back = null)
    {
        for (var k = 0; k < expected.Count; k++) Near.Relative(expected[k].X, (back ?? (x => x))(actual[k].X), tolerance, $"iteration {k}");
    }

    [Fact]
    public void Newton_ignores_the_scale_of_the_physics() => Scale.Sample(a => Same(
        Runs.Steps(Runs.ThreeSpaces, new Newton(1.0 / 3), 10),
            Runs.Steps(InUnits(Runs.ThreeSpaces, new(1, a), One), new Newton(1.0 / 3), 10), 1e-12));

    [Fact]
    public void The_inverse_simulator_ignores_the_scale_of_the_physics() => Gen.Select(Scale, Scale).Sample((a, b) => Same(
        Runs.Steps(Runs.ThreeSpaces, new InverseSimulator(0.3), 10),
            Runs.Steps(InUnits(Runs.ThreeSpaces, new(a, b), One), new InverseSimulator(0.3), 10), 1e-12));

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-2)]
    [InlineData(1)]
    [InlineData(1e2)]
    [InlineData(1e3)]
    public void The_inverse_simulator_by_Gauss_Newton_ignores_the_scale_of_the_physics(double a)
    {
        var simulator = new InverseSimulator(0.3, new NumericInverse(InverseMethod.GaussNewton));
        var expected = Runs.Steps(Runs.ThreeSpaces, new InverseSimulator(0.3), 10);
        // each inversion leaves a residual of at most 1e-12 relative to the target, and ten of them add up where x1 has shrunk to a sixth
        Same(expected, Runs.Steps(InUnits(Runs.ThreeSpaces, new(1, a), One), simulator, 10), 1e-10);
        Same(expected, Runs.Steps(InUnits(Runs.ThreeSpaces, new(a, a), One), simulator, 10), 1e-10);
    }

    [Fact]
    public void On_linear_physics_the_Gauss_Newton_inverse_is_exact_at_every_scale() => Scale.Sample(a =>
    {
        var problem = new OptimizationProblem(
            "Linear", DelegateMap.Create(x => new Vector(x[0], a * x[1]), x => Matrix.Diagonal(1, a)), new SquaredDistance(),
                new Vector(3, 3));
        var records = Runs.Steps(problem, new InverseSimulator(0.3, new NumericInverse(InverseMethod.GaussNewton)), 10);
        // QR is backward stable by columns, not by rows: what is a rounding of the larger row is max(a, 1/a) of them of the smaller one
        var tolerance = 1e-12 + (10 * 5 * Precision.MachineEpsilon * double.Max(a, 1 / a));
        for (var k = 0; k <= 10; k++) Near.Relative(new Vector(3 * double.Pow(0.7, k), 3 * double.Pow(0.7, k)), records[k].X, tolerance);
    });

    [Fact]
    public void The_unit_of_the_loss_changes_neither_Newton_nor_the_inverse_simulator() => Scale.Sample(c =>
    {
        // not a SquaredDistance, so that the Newton direction of the loss is really solved for
        var loss = DelegateMap.Scalar(y => c * y.Dot(y), y => 2 * c * y, y => new Matrix(y.Count, y.Count, (i, j) => i == j ? 2 * c : 0));
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
        {
            // cond(H) of Rosenbrock's valley is 2500
            Same(Runs.Steps(problem, new Newton(0.3), 5), Runs.Steps(problem.WithLoss(loss), new Newton(0.3), 5), 1e-11);
            Same(Runs.Steps(problem, new InverseSimulator(0.3), 5), Runs.Steps(problem.WithLoss(loss), new InverseSimulator(0.3), 5),
                1e-12);
        }
    });

    [Fact]
    public void The_units_of_x_scale_the_paths_of_Newton_and_the_inverse_simulator() => Gen.Select(Scale, Scale).Sample((first, second) =>
    {
        var s = new Vector(first, second);
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
        {
            var scaled = InUnits(problem, One, s);
            Same(Runs.Steps(problem, new InverseSimulator(0.3), 5), Runs.Steps(scaled, new InverseSimulator(0.3), 5), 1e-12, x =>
                Over(x, s));
            // scaling the columns by 1e-3 to 1e3 multiplies the condition number by up to 1e12; diagonal scaling leaves Cholesky's error as
            // it was
            Same(Runs.Steps(problem, new Newton(0.3), 5), Runs.Steps(scaled, new Newton(0.3), 5), 1e-10, x => Over(x, s));
        }
    });

    [Fact]
    public void The_points_of_the_inverse_simulator_lie_on_a_line_in_y_and_contract_by_one_minus_eta() => Gen.Select(
        Gen.Double[0.05, 0.95], Gen.Double[1, 5].Array[2], Gen.Double[1, 5].Array[2]).Sample((eta, start, wanted) =>
        {
            var target = new Vector(wanted);
            foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
            {
                var records = Optimizer.Run(problem.StartingAt(new(start)).WithLoss(new SquaredDistance(target)),
                    new InverseSimulator(eta), Runs.Exactly(8)).ToList();
                var way = records[0].Y! - target;
                // a start at the target, or within rounding of it, has no way to go: y(1, 2) is (1, 4)
                if (records[^1].Iteration < 8)
                    Near.Absolute(0, (records[^1].Y! - target).Norm, 1e-15 * (target.Norm + way.Norm), "left");
                // relative to the numbers that are added and cancelled on the way, |t| and up to 100 |x|^2
                for (var k = 0; k <= records[^1].Iteration; k++)
                    Near.Absolute(double.Pow(1 - eta, k) * way, records[k].Y! - target, 1e-12 * (1 + way.Norm + target.Norm),
                    $"{problem} iteration {k}");
            }
        });

    [Theory]
    [InlineData("GradientDescent", 0)]
    [InlineData("Newton", 1e-12)]
    [InlineData("Lbfgs", 1e-9)] // inner products are summed in another order, and steps amplify it
    [InlineData("GaussNewton", 1e-12)]
    [InlineData("LevenbergMarquardt", 1e-12)]
    [InlineData("HalfInverseGradient", 1e-12)]
    public void The_order_of_the_variables_does_not_matter(string method, double tolerance) => Gen.Select(
        Gen.Double[0.5, 2].Array[3], Gen.Double[-1, 1].Array[3], Gen.Shuffle(new[] { 0, 1, 2 })).Sample((stiffness, start, order) =>
        {
            // three coupled residuals: c_i x_i + x_i^2/4 and the sum, with a target that is not reached
            static OptimizationProblem Build(double[] c, double[] from) => new(
                "Coupled",
                DelegateMap.Create(
                    x => new Vector([.. x.Select((value, i) => c[i] * value + value * value / 4 + 1), x.Sum()]),
                    x => new Matrix(4, 3, (i, j) => i == 3 ? 1 : i == j ? c[i] + x[i] / 2 : 0),
                    (x, w) => Matrix.Diagonal(w[0] / 2, w[1] / 2, w[2] / 2)),
                new SquaredDistance(), new Vector(from));

            double[] Permuted(double[] values) => [.. order.Select(i => values[i])];
            var options = Runs.Exactly(4);
            var plain = Runs.Methods[method](Build(stiffness, start), options).ToList();
            var permuted = Runs.Methods[method](Build(Permuted(stiffness), Permuted(start)), options).ToList();
            Assert.Equal(plain.Count, permuted.Count);
            for (var k = 0; k < plain.Count; k++)
                // sums of squares in another order
                Near.Absolute(new Vector(Permuted(plain[k].X.ToArray())), permuted[k].X, tolerance + (tolerance == 0 ? 4e-15 : 0),
                    $"iteration {k}");
        });
}
