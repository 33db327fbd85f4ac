using PhysOpt.Tracing;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>The laws of derivatives, for functions that run as loops.</summary>
public class RolledFunctionTests
{
    const int N = 200;
    static readonly Vector One = new(1);
    static readonly Vector At = new(Enumerable.Range(0, N).Select(i => Math.Sin(1 + 3 * i) * 1.3));
    static readonly Vector Direction = new(Enumerable.Range(0, N).Select(i => Math.Cos(2 * i)));

    static TracedNumber Chain(TracedNumber[] x)
    {
        TracedNumber sum = Math.Exp(x[0] * x[^1]);
        for (var i = 0; i + 1 < x.Length; i++) sum += Math.Sin(x[i] * x[i + 1]) + Math.Log(1 + x[i] * x[i]) * Math.Tanh(x[i + 1]);
        return sum;
    }

    static TracedNumber[] Residuals(TracedNumber[] x) =>
        [.. x.Select((xi, i) => xi * xi - Math.Cos(x[(i + 1) % x.Length]) * (1 + 0.1 * i))];

    static readonly TracedFunction Scalar = new(Record(Chain, At.ToArray()));
    static readonly TracedFunction Several = new(Record(x => [.. Residuals(x)], At.ToArray()));

    [Fact]
    public void It_runs_as_a_few_loops()
    {
        foreach (var function in (TracedFunction[])[Scalar, Several])
        {
            var shape = function.Shape;
            Assert.True(shape.Operations > 3 * N && shape.Loops is >= 1 and <= 4 && shape.StraightOperations <= 40, $"{shape}");
        }
    }

    [Fact]
    public void The_gradient_agrees_with_differences()
    {
        var gradient = Scalar.VectorJacobianProduct(At, One, One);
        for (var i = 0; i < N; i += 13)
        {
            var (slope, error) = Ridders(t => Scalar.Evaluate(new(At.Select((x, j) => j == i ? t : x)))[0], At[i]);
            Assert.True(Math.Abs(slope - gradient[i]) <= 10 * error + 1e-8, $"{i}: {slope:R} {gradient[i]:R}");
        }
    }

    [Fact]
    public void The_value_beside_the_gradient_is_the_value()
    {
        var both = new double[N + 1];
        Scalar.GradientAndValue(At.AsSpan(), both);
        Assert.Equal(Scalar.Evaluate(At)[0], both[N]);
        Assert.Equal(Scalar.VectorJacobianProduct(At, One, One).ToArray(), both[..N]);
    }

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_and_products_with_the_Jacobian()
    {
        var weights = new Vector(Direction.Select(v => 1 - v));
        var (forward, reverse) = (Several.JacobianVectorProduct(At, Direction), Several.VectorJacobianProduct(At, At, weights));
        Close(Dot(forward, weights), Dot(reverse, Direction), 1e-12, N);
        var jacobian = Several.Jacobian(At, At);
        Near(jacobian.Multiply(Direction), forward);
    }

    [Fact]
    public void The_Hessian_is_symmetric_and_gives_its_products()
    {
        var hessian = Scalar.WeightedHessian(At, One, One);
        Near(hessian.Multiply(Direction), Scalar.HessianVectorProduct(At, One, Direction));
        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < i; j++) Assert.Equal(hessian[i, j], hessian[j, i]);
        }
    }

    [Fact]
    public void The_Hessian_of_weighted_residuals_gives_its_products()
    {
        var weights = new Vector(Direction.Select(v => 1 - v));
        Near(Several.WeightedHessian(At, At, weights).Multiply(Direction), Several.HessianVectorProduct(At, weights, Direction));
    }

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        var (x, both, value) = (At.ToArray(), new double[N + 1], new double[1]);
        Assert.Equal(0, Allocation.Least(50, Run));

        void Run()
        {
            Scalar.Evaluate(x, value);
            Scalar.GradientAndValue(x, both);
        }
    }

    [Fact]
    public void Branches_of_long_functions_are_told_apart_by_exact_comparisons()
    {
        static TracedNumber Capped(TracedNumber[] x)
        {
            TracedNumber sum = 0 * x[0];
            foreach (var each in x) sum += each;
            return sum.CompareTo(1.0) > 0 ? 2 * sum : -sum;
        }

        var tenths = Enumerable.Repeat(0.1, 10).Concat(Enumerable.Repeat(0.0, 40)).ToArray();
        var inOrder = tenths.Aggregate(0.0, (sum, each) => sum + each);
        Assert.True(inOrder < 1); // ten tenths, one after the other, are just below 1
        var function = new TracedFunction(Record(Capped, [.. tenths.Select(each => each + 1)]), at => Record(Capped, at.ToArray()));
        Assert.Equal(-1, function.Evaluate(new(tenths))[0], 12);
        Assert.Equal(2, function.BranchCount);
    }

    static void Near(Vector expected, Vector actual)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Count; i++) Close(expected[i], actual[i], 1e-12, scale);
    }
}
