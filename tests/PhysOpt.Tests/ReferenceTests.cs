using CsCheck;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class ReferenceTests
{
    [Fact]
    public void Newton_squares_the_error_of_x_minus_the_logarithm()
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(x => x[0] - double.Log(x[0]), x => new Vector(1 - 1 / x[0]), x => Matrix.Diagonal(1 / (x[0] * x[0]))), 0.5);
        var records = Runs.Steps(problem, new Newton(1), 5);
        double[] printed = [0.5, 0.25, 0.0625, 0.00390625, 1.5259e-5, 2.328e-10];
        for (var k = 0; k <= 5; k++)
        {
            Near.Relative(printed[k], double.Abs(1 - records[k].X[0]), 5e-4, $"error {k}");
            // x is near 1: one or two units of its last place
            Near.Absolute(double.Pow(0.5, double.Pow(2, k)), 1 - records[k].X[0], 5e-16, $"error {k}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 797)]
    [InlineData(100, 80_060)]
    public void Gradient_descent_pays_for_the_scale_of_the_physics(double a, int iterations) => Assert.Equal(
        iterations, Optimizer.Run(Scaled(a), new GradientDescent(1 / (2 * a * a)), Runs.Exactly(100_000))
            .First(record => record.X.Norm <= 1e-3).Iteration);

    [Fact]
    public void Newton_and_the_inverse_simulator_do_not() => Gen.Double[-3, 3].Sample(logarithm =>
    {
        var problem = Scaled(double.Pow(10, logarithm));
        for (var k = 0; k <= 10; k++)
        {
            var expected = new Vector(3 * double.Pow(0.7, k), 3 * double.Pow(0.7, k));
            Near.Relative(expected, Runs.Steps(problem, new Newton(0.3), 10)[k].X, 1e-12);
            Near.Relative(expected, Runs.Steps(problem, new InverseSimulator(0.3), 10)[k].X, 1e-12);
        }
    });

    [Fact]
    public void One_Gauss_Newton_step_controls_the_coupled_oscillators_with_least_effort()
    {
        var physics = DelegateMap.Create(Oscillators, u => Columns(24, i => Oscillators(Unit(24, i)), Oscillators(Vector.Zero(24))));
        var target = new Vector(0.5, 0.25, 0.75, 0.1);
        var problem = new OptimizationProblem("Oscillators", physics, new SquaredDistance(target), Vector.Zero(24));
        Near.Absolute(0.719276, Runs.Steps(problem, new GaussNewton(), 1)[0].Loss, 5e-7);

        var inverse = new NumericInverse(InverseMethod.GaussNewton);
        var once = inverse.Find(physics, target, Vector.Zero(24), Runs.Exactly(1));
        Assert.True(once.IsFound, once.Message);
        Assert.InRange(once.Residual, 0, 1e-14); // about 1e-30 in the loss
        Near.Absolute(0.688340, once.X.Norm, 5e-7);

        var byDifferences = inverse.Find(DelegateMap.Create(Oscillators), target, Vector.Zero(24));
        Near.Absolute(0.688340, byDifferences.X.Norm, 5e-7);
        Near.Absolute(once.X, byDifferences.X, 1e-8);
    }

    static OptimizationProblem Scaled(double a) => new(
        "Scaled",
        DelegateMap.Create(x => new Vector(x[0], a * x[1]), x => Matrix.Diagonal(1, a), (x, w) => Matrix.Diagonal(0, 0)),
        new SquaredDistance(), new Vector(3, 3), DelegateMap.Inverse((y, near) => new Vector(y[0], y[1] / a)), solution: new Vector(0, 0));

    /// <summary>
    /// Two masses on springs, coupled: x'' = -x + 0.2 Lap x, the control added to the last one; 24 steps of the classical Runge-Kutta
    /// method.
    /// </summary>
    static Vector Oscillators(Vector u)
    {
        const double Dt = 0.5;
        double[] state = [0.5, 0.25, 0.75, 0.1];
        foreach (var control in u)
        {
            var k1 = Rate(state, control);
            var k2 = Rate(Along(state, Dt / 2, k1), control);
            var k3 = Rate(Along(state, Dt / 2, k2), control);
            var k4 = Rate(Along(state, Dt, k3), control);
            for (var i = 0; i < 4; i++) state[i] += Dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }

        return new(state);

        static double[] Rate(double[] s, double control) =>
            [s[2], s[3], -s[0] + 0.2 * (s[1] - s[0]), -s[1] + 0.2 * (s[0] - s[1]) + control];
        static double[] Along(double[] s, double step, double[] rate) => [.. s.Zip(rate, (value, slope) => value + step * slope)];
    }

    static Vector Unit(int n, int i) => Vector.Zero(n).With(i, 1);

    static Matrix Columns(int n, Func<int, Vector> column, Vector origin)
    {
        var columns = Enumerable.Range(0, n).Select(column).ToArray();
        return new(origin.Count, n, (i, j) => columns[j][i] - origin[i]);
    }
}
