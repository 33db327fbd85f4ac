using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>The reference numbers of y = (x0, x1^2), L = |y|^2 from (3,3).</summary>
public class ThreeSpacesTests
{
    const double LastDigit = 1e-6; // the reference was computed in single precision; seven decimals are printed
    const double Exact = 1e-12; // ten steps of a few roundings each

    static readonly double[][] GradientDescentTable =
    [
        [2.94, 1.92], [2.8812, 1.6368846], [2.823576, 1.4614503], [2.7671045, 1.3365935], [2.7117624, 1.2410815],
        [2.6575271, 1.1646168], [2.6043766, 1.1014326], [2.5522891, 1.0479842], [2.5012433, 1.0019454], [2.45121842066, 0.96171152444],
    ];

    static readonly double[][] NewtonTable =
    [
        [2.0, 2.6666667], [1.3333333, 2.3703704], [0.8888889, 2.1069959], [0.5925926, 1.8728852], [0.3950617, 1.6647868],
        [0.2633745, 1.4798105], [0.1755830, 1.3153871], [0.1170553, 1.1692330], [0.0780369, 1.0393182], [0.0520246, 0.9238384],
    ];

    static readonly double[][] InverseSimulatorTable =
    [
        [2.1, 2.5099802], [1.47, 2.1], [1.029, 1.7569861], [0.7203, 1.47], [0.50421, 1.2298902],
        [0.352947, 1.029], [0.2470629, 0.8609232], [0.1729440, 0.7203], [0.1210608, 0.6026463], [0.0847426, 0.50421],
    ];

    static readonly OptimizationProblem Problem = Runs.ThreeSpaces;

    static readonly GradientDescent Descent = new(0.01);
    static readonly Newton ThirdNewton = new(1.0 / 3);
    static readonly InverseSimulator Simulator = new(0.3);

    static void Follows(double[][] table, List<IterationRecord> records)
    {
        Assert.Equal(new Vector(3, 3), records[0].X);
        for (var k = 1; k <= 10; k++) Near.Relative(new Vector(table[k - 1]), records[k].X, LastDigit, $"iteration {k}");
    }

    [Theory]
    [InlineData(DerivativeSource.Auto)]
    [InlineData(DerivativeSource.Traced)]
    [InlineData(DerivativeSource.FiniteDifference)]
    public void Ten_steps_are_those_of_the_table(DerivativeSource source)
    {
        Follows(GradientDescentTable, Runs.Steps(Problem, Descent, 10, source));
        Follows(NewtonTable, Runs.Steps(Problem, ThirdNewton, 10, source));
        Follows(InverseSimulatorTable, Runs.Steps(Problem, Simulator, 10, source));
    }

    [Theory]
    [InlineData(DerivativeSource.Auto)]
    [InlineData(DerivativeSource.FiniteDifference)]
    public void Ten_steps_are_those_of_the_table_where_physics_is_known_by_values(DerivativeSource source)
    {
        var values = Problem.WithPhysics(DelegateMap.Create(x => new Vector(x[0], x[1] * x[1])));
        Follows(GradientDescentTable, Runs.Steps(values, Descent, 10, source));
        Follows(NewtonTable, Runs.Steps(values, ThirdNewton, 10, source));
        Follows(InverseSimulatorTable, Runs.Steps(values, Simulator, 10, source));
    }

    [Fact]
    public void Start_and_derivatives_are_as_in_the_book()
    {
        var start = Runs.Steps(Problem, Descent, 1)[0];
        Assert.Equal((new Vector(3, 9), 90, new Vector(6, 108), 108, 0),
            (start.Y, start.Loss, start.Gradient, start.GradientNorm, start.StepNorm));
        Assert.Null(start.Step);

        var physics = (ITwiceDifferentiableMap)Problem.Physics!;
        var jacobian = physics.Jacobian(start.X, start.Y!);
        Assert.Equal("[1 0; 0 6]", jacobian.ToString());
        Assert.Equal(new Vector(6, 18), new SquaredDistance().VectorJacobianProduct(start.Y!, new Vector(90), new Vector(1)));
        Near.Relative(new Vector(3, 3), Factorization.LeastSquares(jacobian, jacobian.Multiply(start.X)), 1e-15);
    }

    [Fact]
    public void Newton_and_the_inverse_simulator_follow_their_closed_forms()
    {
        var newton = Runs.Steps(Problem, ThirdNewton, 30);
        var simulator = Runs.Steps(Problem, Simulator, 30);
        for (var k = 0; k <= 30; k++)
        {
            Near.Relative(new Vector(3 * double.Pow(2.0 / 3, k), 3 * double.Pow(8.0 / 9, k)), newton[k].X, Exact, $"Newton {k}");
            Near.Relative(new Vector(3 * double.Pow(0.7, k), 3 * double.Pow(0.7, k / 2.0)), simulator[k].X, Exact,
                $"inverse simulator {k}");
        }
    }

    [Fact]
    public void Distances_and_losses_after_ten_steps()
    {
        double[] distances = [2.6331276, 0.9253021, 0.5112818], losses = [6.863892, 0.731130, 0.0718130];
        IterationRecord[] ends = [Runs.Steps(Problem, Descent, 10)[10], Runs.Steps(Problem, ThirdNewton, 10)[10],
            Runs.Steps(Problem, Simulator, 10)[10]];
        for (var m = 0; m < 3; m++)
        {
            Near.Relative(distances[m], ends[m].X.Norm, LastDigit, ends[m].Method);
            Near.Relative(losses[m], ends[m].Loss, LastDigit, ends[m].Method);
        }
    }

    [Fact]
    public void Alignment_and_cosine_of_the_first_update()
    {
        Check(Runs.Steps(Problem, Descent, 1), 114 / double.Sqrt(11700), 1.053930, 0.745241);
        Check(Runs.Steps(Problem, ThirdNewton, 1), 4 / double.Sqrt(10), 1.264911, 0.894427);
        Check(Runs.Steps(Problem, Simulator, 1), null, 1.356443, 0.959150);

        static void Check(List<IterationRecord> records, double? exact, double printed, double cosine)
        {
            Assert.Null(DiagonalAlignment.Of(records[0]));
            var alignment = DiagonalAlignment.Of(records[1])!;
            if (exact is { } value) Near.Relative(value, alignment.Alignment, Exact);
            Near.Relative(printed, alignment.Alignment, LastDigit);
            Near.Relative(cosine, alignment.CosineToSolution!.Value, LastDigit);
            Near.Relative(double.Sqrt(2), alignment.MaximumAlignment, 1e-15);
            Assert.Equal(1, alignment.Iteration);
        }
    }

    [Theory]
    [InlineData(0.1, 1.346253)]
    [InlineData(0.5, 1.368306)]
    [InlineData(0.9, 1.401215)]
    [InlineData(1.0, 1.4142135623730951)]
    public void Only_the_alignment_of_the_inverse_simulator_depends_on_the_learning_rate(double eta, double alignment)
    {
        Near.Relative(alignment, DiagonalAlignment.Of(Runs.Steps(Problem, new InverseSimulator(eta), 1)[1])!.Alignment, LastDigit);
        Near.Relative(114 / double.Sqrt(11700), DiagonalAlignment.Of(Runs.Steps(Problem, new GradientDescent(eta), 1)[1])!.Alignment,
            Exact);
        Near.Relative(4 / double.Sqrt(10), DiagonalAlignment.Of(Runs.Steps(Problem, new Newton(eta), 1)[1])!.Alignment, Exact);
    }

    [Fact]
    public void Straightness_of_ten_steps()
    {
        Near.Absolute(0.96529, Trajectory.Summarise(Runs.Steps(Problem, Descent, 10)).Straightness!.Value, 5e-6);
        Near.Absolute(0.95144, Trajectory.Summarise(Runs.Steps(Problem, ThirdNewton, 10)).Straightness!.Value, 5e-6);
        Near.Absolute(0.97844, Trajectory.Summarise(Runs.Steps(Problem, Simulator, 10)).Straightness!.Value, 5e-6);
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void The_numeric_inverse_finds_the_point_with_the_wanted_output(InverseMethod method)
    {
        var found = new NumericInverse(method).Find(Problem.Physics!, new Vector(2, 2), new Vector(3, 3));
        Assert.True(found.IsFound, found.Message);
        Near.Absolute(new Vector(2, double.Sqrt(2)), found.X, 2e-12); // the residual is at most 1e-12 |t|, and J is at least 1
    }

    [Theory]
    [InlineData(InverseMethod.Lbfgs)]
    [InlineData(InverseMethod.GaussNewton)]
    public void Ten_steps_with_a_numeric_inverse_differ_little_from_those_with_the_analytic_one(InverseMethod method)
    {
        var numeric = Runs.Steps(Problem, new InverseSimulator(0.3, new NumericInverse(method)), 10);
        var comparison = Trajectory.Compare(Runs.Steps(Problem, Simulator, 10), numeric);
        Assert.InRange(comparison.MeanAbsoluteError, 0, 1e-10); // tight tolerances: 1e-10, the reference's defaults 1e-6
        Assert.Equal(11, comparison.Iterations);
    }

    [Fact]
    public void Steps_until_a_hundredth_from_the_solution()
    {
        Assert.Equal(124_990, StepsUntilNear(Descent));
        Assert.Equal(49, StepsUntilNear(ThirdNewton));
        Assert.Equal(15, StepsUntilNear(new Newton(1)));
        Assert.Equal(32, StepsUntilNear(Simulator));
        Assert.Equal(1, StepsUntilNear(new InverseSimulator(1)));

        static int StepsUntilNear<TFunction, TState>(IMethod<TFunction, TState> method)
            where TFunction : class, IObjective
            where TState : class, IMethodState =>
            Optimizer.Run(Problem, method, Runs.Exactly(200_000)).First(record => record.X.Norm <= 0.01).Iteration;
    }

    [Fact]
    public void Gradient_descent_oscillates_at_its_limit_of_stability_and_diverges_beyond()
    {
        var oscillating = Runs.Steps(Problem, new GradientDescent(1.0 / 18), 6);
        // each step doubles the rounding and more
        for (var k = 0; k <= 6; k++) Near.Relative(k % 2 == 0 ? 3 : -3, oscillating[k].X[1], 1e-10);

        var last = Optimizer.Run(Problem, new GradientDescent(0.056), Runs.Exactly(1000)).Last();
        Assert.Equal(TerminationReason.NonFinite, last.Status);
        Assert.True(last.X.IsFinite && double.IsFinite(last.Loss));
    }
}
