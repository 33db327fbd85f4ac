using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>L-BFGS within bounds: laws, reference numbers, and the corners of boxes.</summary>
public class LbfgsBoundsTests
{
    const double Infinity = double.PositiveInfinity;

    static readonly OptimizationOptions ToTheEnd = Lbfgs.DefaultOptions;

    /// <summary>
    /// (x - c)'A(x - c) / 2 + sum a_i cos(x_i), A positive definite, in a box some sides of which are missing or without width.
    /// </summary>
    static readonly Gen<OptimizationProblem> Boxed = Gen.Select(
        Gen.Double[-1, 1].Array[36], Gen.Double[-2, 2].Array[6], Gen.Double[0, 0.3].Array[6], Gen.Double[-2, 2].Array[6],
            Gen.Double[0, 2].Array[6], Gen.Int[0, 9].Array[6],
        (entries, centre, ripple, lower, width, kind) =>
        {
            var root = new Matrix(6, 6, (i, j) => entries[i * 6 + j]);
            var hessian = root.Transpose().Multiply(root).Add(Matrix.Diagonal(0.4, 0.4, 0.4, 0.4, 0.4, 0.4));
            var c = new Vector(centre);
            return new OptimizationProblem(
                "Boxed", null,
                DelegateMap.Scalar(
                    x => (x - c).Dot(hessian.Multiply(x - c)) / 2 + x.Select((value, i) => ripple[i] * double.Cos(value)).Sum(),
                    x => hessian.Multiply(x - c) - new Vector(x.Select((value, i) => ripple[i] * double.Sin(value)))),
                Vector.Zero(6),
                lowerBound: new Vector(lower.Select((value, i) => kind[i] == 0 ? -Infinity : value)),
                upperBound: new Vector(lower.Select((value, i) => kind[i] == 1 ? Infinity : kind[i] == 2 ? value : value + width[i])));
        });

    static bool Contains(OptimizationProblem problem, Vector x) => Enumerable.Range(0, x.Count).All(i =>
        (problem.LowerBound is null || x[i] >= problem.LowerBound[i]) && (problem.UpperBound is null || x[i] <= problem.UpperBound[i]));

    [Theory]
    [MemberData(nameof(TestProblems.BoundedNames), MemberType = typeof(TestProblems))]
    public void The_minimum_of_every_reference_problem_with_bounds_is_found(string name)
    {
        var (problem, minimum, minimiser) = TestProblems.Bounded[name];
        var listener = new Listener();
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd with { Observer = listener }).Last();
        Assert.True(last.Status.IsConverged(), $"{last.Status} at loss {last.Loss} after {last.Iteration} iterations");
        Near.Absolute(minimum, last.Loss, 1e-8, "loss");
        Near.Absolute(minimiser!, last.X, 1e-4);
        Assert.Empty(listener.Warnings);
    }

    [Theory]
    [InlineData("HS1", 35, 47)]
    [InlineData("HS3", 3, 4)]
    [InlineData("HS5", 6, 8)]
    [InlineData("HS38", 26, 31)]
    public void It_takes_the_iterations_and_evaluations_of_the_reference_implementation(string name, int iterations, int evaluations)
    {
        var options = new OptimizationOptions { MaxIterations = 1000, LossTolerance = 2.2e-9, GradientTolerance = 1e-5 };
        var last = Optimizer.Run(TestProblems.Bounded[name].Problem, new Lbfgs(), options).Last();
        Assert.InRange(last.Iteration, iterations - 1, iterations + 1); // one more or less is rounding
        Assert.InRange(last.Evaluations, evaluations - 1, evaluations + 1);
    }

    [Theory]
    [InlineData(2.2204460492503131e-9, 1e-5, 289)] // its defaults
    [InlineData(2.2204460492503131e-15, 1e-8, 437)]
    public void All_reference_problems_together_take_no_more_evaluations_than_the_reference_implementation(double loss, double gradient,
        long evaluations)
    {
        var options = new OptimizationOptions { MaxIterations = 1000, LossTolerance = loss, GradientTolerance = gradient };
        var cases = TestProblems.All.Values.Concat(TestProblems.Bounded.Values);
        Assert.InRange(cases.Sum(each => Optimizer.Run(each.Problem, new Lbfgs(), options).Last().Evaluations), 1, evaluations);
    }

    [Fact]
    public void No_evaluation_lies_outside_the_bounds_and_the_loss_never_rises() => Boxed.Sample(problem =>
    {
        var points = new List<Vector>();
        var watched = new OptimizationProblem(
            problem.Name, null, DelegateMap.Scalar(x => { points.Add(x); return problem.Loss.Evaluate(x)[0]; }, x =>
                ((IDifferentiableMap)problem.Loss).Jacobian(x, x).Row(0)),
            problem.InitialGuess, lowerBound: problem.LowerBound, upperBound: problem.UpperBound);
        var records = Optimizer.Run(watched, new Lbfgs(), ToTheEnd).ToList();
        Assert.All(points, x => Assert.True(Contains(problem, x), $"{x}"));
        Assert.Equal(points.Count, records[^1].Evaluations);
        for (var k = 1; k < records.Count; k++) Assert.True(records[k].Loss <= records[k - 1].Loss, $"iteration {k}");
    });

    [Fact]
    public void At_the_solution_the_gradient_points_out_of_the_box_or_vanishes() => Boxed.Sample(problem =>
    {
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd with { LossTolerance = null }).Last();
        var (x, g) = (last.X, last.Gradient!);
        for (var i = 0; i < x.Count; i++)
        {
            // what is left to gain is within 4 eps of a loss of about 10, with curvatures of up to 100: sqrt(2 100 4 eps 10)
            if (x[i] > problem.LowerBound![i] + 1e-6) Assert.True(g[i] <= 5e-6, $"{last.Status} [{i}] x {x[i]:R} g {g[i]:R}");
            if (x[i] < problem.UpperBound![i] - 1e-6) Assert.True(g[i] >= -5e-6, $"{last.Status} [{i}] x {x[i]:R} g {g[i]:R}");
        }

        var projected = x.Select((value, i) =>
            double.Abs(double.Clamp(value - g[i], problem.LowerBound![i], problem.UpperBound![i]) - value)).Max();
        Near.Absolute(projected, last.GradientNorm!.Value, 1e-15);
    });

    [Fact]
    public void Bounds_that_are_infinite_change_nothing() => Gen.Double[-2, 2].Array[2].Sample(start =>
    {
        var problem = Runs.Rosenbrock.StartingAt(new Vector(start));
        var free = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Select(record => (record.X, record.Evaluations)).ToList();
        Assert.Equal(free, Optimizer.Run(problem.WithBounds(new(-Infinity, -Infinity), new(Infinity, Infinity)), new Lbfgs(), ToTheEnd)
            .Select(record => (record.X, record.Evaluations)));
        Assert.Equal(free, Optimizer.Run(problem.WithBounds(null, new(Infinity, Infinity)), new Lbfgs(), ToTheEnd)
            .Select(record => (record.X, record.Evaluations)));
    });

    [Fact]
    public void The_mirrored_problem_has_the_mirrored_path() => Boxed.Sample(problem =>
    {
        var loss = (IDifferentiableMap)problem.Loss;
        var mirrored = new OptimizationProblem(
            "Mirrored", null, DelegateMap.Scalar(x => loss.Evaluate(-x)[0], x => -loss.Jacobian(-x, x).Row(0)),
            -problem.InitialGuess, lowerBound: -problem.UpperBound!, upperBound: -problem.LowerBound!);
        var (there, here) = (Optimizer.Run(mirrored, new Lbfgs(), Runs.Exactly(8)).ToList(),
            Optimizer.Run(problem, new Lbfgs(), Runs.Exactly(8)).ToList());
        Assert.Equal(here.Select(record => record.X), there.Select(record => -record.X));
    });

    [Fact]
    public void The_order_of_the_variables_does_not_matter_within_bounds() =>
        Gen.Select(Boxed, Gen.Shuffle(new[] { 0, 1, 2, 3, 4, 5 })).Sample((problem, order) =>
    {
        var loss = (IDifferentiableMap)problem.Loss;
        Vector There(Vector x) => new(order.Select(i => x[i]));
        Vector Back(Vector x) => new(Enumerable.Range(0, 6).Select(i => x[Array.IndexOf(order, i)]));
        var permuted = new OptimizationProblem(
            "Permuted", null, DelegateMap.Scalar(x => loss.Evaluate(Back(x))[0], x => There(loss.Jacobian(Back(x), x).Row(0))),
            There(problem.InitialGuess), lowerBound: There(problem.LowerBound!), upperBound: There(problem.UpperBound!));
        var (there, here) = (Optimizer.Run(permuted, new Lbfgs(), Runs.Exactly(3)).ToList(),
            Optimizer.Run(problem, new Lbfgs(), Runs.Exactly(3)).ToList());
        // inner products are summed in another order
        for (var k = 0; k < here.Count; k++) Near.Absolute(There(here[k].X), there[k].X, 1e-9, $"iteration {k}");
    });

    [Theory]
    [InlineData(1024)]
    [InlineData(1.0 / 65536)]
    public void The_unit_of_the_loss_does_not_matter_without_bounds(double unit)
    {
        // by a power of two, so that rounding is the same
        foreach (var (problem, _, _) in TestProblems.All.Values)
        {
            var scaled = problem.WithLoss(DelegateMap.Scalar(y => unit * y.Dot(y), y => 2 * unit * y));
            Assert.Equal(Runs.Steps(problem, new Lbfgs(), 8).Select(record => record.X),
                Runs.Steps(scaled, new Lbfgs(), 8).Select(record => record.X));
        }
    }

    [Fact]
    public void Where_the_origin_lies_does_not_matter()
    {
        var away = new Vector(8, -16);
        var shifted = new OptimizationProblem(
            "Shifted", DelegateMap.Create(x => Runs.Rosenbrock.Physics!.Evaluate(x - away), x =>
                ((IDifferentiableMap)Runs.Rosenbrock.Physics!).Jacobian(x - away, x)), Runs.Rosenbrock.Loss,
            new Vector(-2, 1) + away, lowerBound: new Vector(-Infinity, -1.5) + away);
        var (there, here) = (Runs.Steps(shifted, new Lbfgs(), 6), Runs.Steps(TestProblems.Bounded["HS1"].Problem, new Lbfgs(), 6));
        // 16 is rounded at 4e-15, and steps amplify it
        for (var k = 0; k <= 6; k++) Near.Absolute(here[k].X + away, there[k].X, 1e-9, $"iteration {k}");
    }

    [Fact]
    public void Fixed_variables_stay_and_the_others_find_their_minimum()
    {
        var last = Optimizer.Run(Runs.Rosenbrock.WithBounds(new(-Infinity, 0.25), new(Infinity, 0.25)).StartingAt(new(-1.2, 0.25)),
            new Lbfgs(), ToTheEnd).Last();
        Assert.True(last.Status.IsConverged());
        Assert.Equal(0.25, last.X[1]);
        // 100 (1/4 - a^2)^2 + (1 - a)^2 has the stationary points of 400 a^3 - 98 a - 2 = 0
        Near.Absolute(0, 400 * double.Pow(last.X[0], 3) - 98 * last.X[0] - 2, 1e-5);
    }

    [Fact]
    public void Where_nothing_can_move_the_start_is_the_solution()
    {
        var listener = new Listener();
        var last = Assert.Single(Optimizer.Run(Runs.Rosenbrock.WithBounds(new(2, 3), new(2, 3)).StartingAt(new(2, 3)), new Lbfgs(),
            ToTheEnd with { Observer = listener }));
        Assert.Equal((TerminationReason.GradientTolerance, 0.0, 1L), (last.Status, last.GradientNorm, last.Evaluations));

        // also when it is the length of the step that is tested: x does not move, and nothing is evaluated
        last = Optimizer.Run(Runs.Rosenbrock.WithBounds(new(2, 3), new(2, 3)).StartingAt(new(2, 3)), new Lbfgs(),
            new() { GradientTolerance = null, StepTolerance = 0 }).Last();
        Assert.Equal((TerminationReason.StepTolerance, 1, 1L), (last.Status, last.Iteration, last.Evaluations));
        last = Optimizer.Run(Runs.Rosenbrock.StartingAt(new(1, 1)), new Lbfgs(),
            new() { GradientTolerance = null, StepTolerance = 0 }).Last();
        Assert.Equal((TerminationReason.StepTolerance, 1, 1L), (last.Status, last.Iteration, last.Evaluations));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void A_solution_in_a_corner_is_reached_exactly(int n)
    {
        var slopes = new Vector(Enumerable.Range(1, n).Select(i => i % 3 == 0 ? -1.0 * i : i));
        var problem = new OptimizationProblem(
            "Corner", null, DelegateMap.Scalar(x => slopes.Dot(x) + x.Dot(x) / 8, x => slopes + 0.25 * x), Vector.Zero(n),
            lowerBound: new Vector(Enumerable.Repeat(-1.5, n)), upperBound: new Vector(Enumerable.Repeat(2.5, n)));
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Last();
        Assert.Equal((TerminationReason.GradientTolerance, 0.0), (last.Status, last.GradientNorm));
        Assert.Equal(slopes.Select(slope => slope > 0 ? -1.5 : 2.5), last.X);
    }
}
