using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>A run with many variables allocates the vectors that its records and its state show, and copies none of them.</summary>
public class SharingTests
{
    const int Dimension = 100_000;

    static OptimizationProblem Separable(double? upper) => new(
        "Separable", null,
        DelegateMap.Scalar(
            x => x.Select((value, i) => (1 + i % 97) * (value - i % 11) * (value - i % 11) / 2).Sum(),
            x => new Vector(x.Select((value, i) => (1 + i % 97) * (value - i % 11)))),
        Vector.Zero(Dimension), upperBound: upper is { } high ? new(Enumerable.Repeat(high, Dimension)) : null);

    /// <summary>
    /// The bytes that an iteration allocates outside the problem's functions, in vectors: the mean of some with full memory.
    /// </summary>
    static double VectorsPerIteration<TState>(IMethod<IDifferentiable, TState> method, double? upper)
        where TState : class, IMethodState
    {
        var problem = Separable(upper);
        var (inFunctions, loss) = (0L, (IDifferentiableMap)problem.Loss);
        var watched = problem.WithLoss(new Watched(x => Outside(() => loss.Evaluate(x)), x => Outside(() => loss.Jacobian(x, x).Row(0))));
        var options = Runs.Exactly(24);
        List<long> marks = [];
        using var records = Optimizer.Run(watched, method, options).GetEnumerator();
        while (records.MoveNext())
        {
            if (records.Current.Iteration >= 14) marks.Add(GC.GetAllocatedBytesForCurrentThread() - inFunctions);
        }

        return (marks[^1] - marks[0]) / (marks.Count - 1.0) / (sizeof(double) * Dimension);

        T Outside<T>(Func<T> call)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = call();
            inFunctions += GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        }
    }

    /// <summary>A loss whose gradient is handed on as it is.</summary>
    sealed class Watched(Func<Vector, Vector> value, Func<Vector, Vector> gradient) : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => value(x);

        public Matrix Jacobian(Vector x, Vector y) => new(1, x.Count, (_, j) => gradient(x)[j]);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => gradient(x);
    }

    [Fact]
    public void An_iteration_allocates_the_point_the_step_and_what_the_method_remembers()
    {
        // besides the gradient, which the function makes; what is not whole vectors is a bit per variable and set, and small change
        Assert.InRange(VectorsPerIteration(new Lbfgs(), null), 3, 3.1); // X, Step, y
        Assert.InRange(VectorsPerIteration(new Lbfgs(), 4.5), 3, 3.2); // and two sets
        Assert.InRange(VectorsPerIteration(new GradientDescent(1e-3), null), 3, 3.01); // X, Step, velocity
    }

    [Fact]
    public void Records_show_the_vectors_of_the_run_themselves()
    {
        var points = new List<Vector>();
        var gradients = new List<Vector>();
        var loss = DelegateMap.Scalar(x => { points.Add(x); return x.Dot(x); }, x => 2.0 * x);
        var problem = new OptimizationProblem("Watched", null, loss, new Vector(1, 2, 3));
        var f = (IDifferentiable)Objectives.Create(problem, new(), new EvaluationBudget(), CancellationToken.None);
        var method = new Lbfgs();
        var state = method.Initialize(f, problem.InitialGuess);
        Assert.Same(problem.InitialGuess, state.At.X);
        var next = method.Step(f, state).State!;
        Assert.Same(points[^1], next.At.X);
        Assert.Same(next.Step, ((IMethodState)next).Step);
        Assert.True(next.Pairs.S(0) == next.Step!.AsSpan(), "the pairs hold the step itself"); // the same memory, not equal numbers
        gradients.Add(next.At.Gradient);
        Assert.Same(gradients[^1], next.At.Gradient);

        points.Clear();
        var records = Optimizer.Run(problem, new Lbfgs(), new()).ToList();
        Assert.Same(problem.InitialGuess, records[0].X);
        foreach (var record in records) Assert.Contains(points, point => ReferenceEquals(point, record.X));
    }

    [Fact]
    public void The_physics_that_returns_its_argument_shares_it_with_the_record_and_so_does_the_record_that_closes_a_run()
    {
        var identity = DelegateMap.Create(x => x, x => Matrix.Diagonal(1, 1, 1));
        var problem = new OptimizationProblem("Identity", identity, DelegateMap.Scalar(y => y.Dot(y), y => 2.0 * y), new Vector(1, 2, 3));
        foreach (var record in Optimizer.Run(problem, new GradientDescent(0.1), Runs.Exactly(5))) Assert.Same(record.X, record.Y);

        var repeating = 0;
        for (var limit = 3; limit <= 30; limit++)
        {
            var limited = Optimizer.Run(Runs.Rosenbrock, new Lbfgs(), new() { MaxEvaluations = limit }).ToList();
            Assert.Equal(TerminationReason.EvaluationLimit, limited[^1].Status);
            if (limited[^1].Iteration != limited[^2].Iteration) continue; // the budget was spent by an accepted step
            Assert.Same(limited[^2].X, limited[^1].X);
            Assert.Same(limited[^2].Gradient, limited[^1].Gradient);
            Assert.Same(limited[^2].Step, limited[^1].Step);
            repeating++;
        }

        Assert.True(repeating > 0);
    }
}
