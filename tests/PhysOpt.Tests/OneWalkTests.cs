using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Tests.Tracing;
using PhysOpt.Tracing;
using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests;

/// <summary>Physics and loss that are both recorded: outputs, loss and gradient come from one walk, and are those of the parts.</summary>
public class OneWalkTests
{
    static readonly Gen<Vector> Points = Gen.Double[-3, 3].Array[2].Select(x => new Vector(x));

    static TracedNumber[] Physics(TracedNumber[] x) =>
        [x[0] * x[0] - x[1], PhysOpt.Math.Sin(x[1]) * x[0], x[0].CompareTo(1.0) < 0 ? x[0] + x[1] : 3 * x[0]];

    static TracedNumber Loss(TracedNumber[] y) =>
        y[0] * y[0] + PhysOpt.Math.Exp(y[1]) + (y[2].CompareTo(0.0) < 0 ? y[2] * y[2] : 2 * y[2] * y[2]);

    [Fact]
    public void All_at_once_is_what_the_parts_give_one_by_one() => Points.Select(Points).Sample((at, x) =>
    {
        var (physics, loss) = (Recorded(y => Physics(y), at), Recorded(y => [Loss(y)], Physics(at)));
        var fused = FusedLoss.Of(physics, loss)!;
        Assert.Null(fused.EvaluateAhead(x)); // nobody has asked for a gradient yet
        var here = new Point(at, Physics(at), loss.Evaluate(Physics(at))[0], _ => throw new InvalidOperationException());
        Assert.NotNull(fused.Gradient(here));
        if (fused.EvaluateAhead(x) is not var (y, value, gradient)) return; // another branch, to be recorded first
        var parts = physics.Evaluate(x);
        Assert.Equal(parts, y);
        Assert.Equal(loss.Evaluate(parts)[0], value);
        var chained = physics.VectorJacobianProduct(x, parts, loss.VectorJacobianProduct(parts, new(value), new(1)));
        Near.Absolute(chained, gradient, 4e-15 * (1 + chained.Norm));
    });

    [Fact]
    public void The_distance_to_a_target_of_many_outputs_is_the_same_in_both_ways()
    {
        var (x, target) = (new Vector(Enumerable.Range(0, 1000).Select(i => double.Sin(i))), new Vector(Enumerable.Repeat(0.3, 999)));
        var physics = Recorded(at => [.. Enumerable.Range(0, 999).Select(i => 10 * (at[i + 1] - at[i] * at[i]) + at[i])], x);
        var loss = new SquaredDistance(target);
        var fused = FusedLoss.Of(physics, loss)!;
        var here = physics.Evaluate(x);
        Assert.NotNull(fused.Gradient(new(x, here, loss.Evaluate(here)[0], _ => throw new InvalidOperationException())));
        var (y, value, gradient) = fused.EvaluateAhead(x)!.Value;
        Assert.Equal(here, y);
        Near.Absolute(physics.VectorJacobianProduct(x, y, 2 * loss.Residual(y)), gradient, 1e-12);
        Assert.Equal(loss.Evaluate(here)[0], value);
    }

    [Fact]
    public void A_branch_that_is_not_on_record_is_left_to_the_parts()
    {
        var fused = FusedLoss.Of(Recorded(y => Physics(y), new(0, 1)), Recorded(y => [Loss(y)], Physics(new Vector(0, 1))))!;
        Assert.NotNull(fused.Gradient(At(new(0, 1))));
        Assert.NotNull(fused.EvaluateAhead(new(0.5, 1)));
        Assert.Null(fused.EvaluateAhead(new(2, 1)));
        Assert.NotNull(fused.Gradient(At(new(2, 1))));
        Assert.NotNull(fused.EvaluateAhead(new(2, 1)));
    }

    [Fact]
    public void A_function_that_was_recorded_anew_is_not_evaluated_by_its_old_record()
    {
        var (physics, loss) = (Recorded(y => Physics(y), new(0, 1)), Recorded(y => [Loss(y)], Physics(new Vector(0, 1))));
        var fused = FusedLoss.Of(physics, loss)!;
        Assert.NotNull(fused.Gradient(At(new(0, 1))));
        physics.Function = Recorded(y => [.. Physics(y).Select(each => 2 * each)], new(0, 1)).Function;
        Assert.Null(fused.EvaluateAhead(new(0.5, 1)));
        physics.IsUsable = false;
        Assert.Null(fused.Gradient(At(new(0, 1))));
        Assert.Null(fused.EvaluateAhead(new(0.5, 1)));
    }

    [Fact]
    public void A_run_takes_the_same_path_and_asks_the_physics_alone_only_where_it_starts()
    {
        var (physics, loss) = (Recorded(y => Physics(y), new(0, 1)), Recorded(y => [Loss(y)], Physics(new Vector(0, 1))));
        var problem = new OptimizationProblem("walk", physics, loss, new(0.2, 0.4));
        var whole = Optimizer.Run(problem, new Lbfgs()).ToList();
        var alone = physics.Evaluations;
        var plain = DelegateMap.Create(physics.Evaluate, x => physics.Jacobian(x, x));
        var apart = Optimizer.Run(new("walk", plain, loss, new(0.2, 0.4)), new Lbfgs()).ToList();
        Assert.Equal(apart.Select(record => (record.Iteration, record.Evaluations, record.Status)),
            whole.Select(record => (record.Iteration, record.Evaluations, record.Status)));
        for (var k = 0; k < whole.Count; k++) Near.Absolute(apart[k].X, whole[k].X, 1e-9);
        Assert.True(alone < whole[^1].Evaluations / 2, $"{alone} of {whole[^1].Evaluations} evaluations were of the physics alone");
    }

    static Point At(Vector x) => new(x, Physics(x), 0, _ => throw new InvalidOperationException());

    static Vector Physics(Vector x) => new(Record(Inputs => [.. Physics(Inputs)], [.. x]).Evaluate([.. x]));

    static RecordedMap Recorded(Func<TracedNumber[], TracedNumber[]> f, Vector at) =>
        new(new(Record(inputs => [.. f(inputs)], [.. at]), x => Record(inputs => [.. f(inputs)], [.. x])));

    /// <summary>A recorded function that may become another one, or none.</summary>
    sealed class RecordedMap(TracedFunction function) : IRecordedMap, ILocallyDifferentiableMap
    {
        public TracedFunction Function { get; set; } = function;

        internal bool IsUsable { get; set; } = true;

        internal int Evaluations { get; private set; }

        public string? WhyNotDifferentiable => null;

        public bool IsDifferentiableAt(Vector x) => IsUsable && Function.GraphAt(x) is not null;

        public Vector Evaluate(Vector x)
        {
            Evaluations++;
            return Function.Evaluate(x);
        }

        public Matrix Jacobian(Vector x, Vector y) => Function.Jacobian(x, y);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Function.VectorJacobianProduct(x, y, w);

        public Matrix WeightedHessian(Vector x, Vector y, Vector w) => Function.WeightedHessian(x, y, w);

        public Vector HessianVectorProduct(Vector x, Vector w, Vector v) => Function.HessianVectorProduct(x, w, v);
    }
}
