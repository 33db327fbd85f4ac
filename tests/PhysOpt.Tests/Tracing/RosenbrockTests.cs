using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>The chained Rosenbrock function, sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2.</summary>
public class RosenbrockTests
{
    internal static TracedNumber Rosenbrock(TracedNumber[] x)
    {
        TracedNumber sum = 0 + (1 - x[0]) * (1 - x[0]);
        for (var i = 0; i < x.Length - 1; i++)
        {
            var t = x[i + 1] - x[i] * x[i];
            sum += 100 * t * t;
            if (i > 0) sum += (1 - x[i]) * (1 - x[i]);
        }

        return sum;
    }

    static double[] Start(int n) => [.. Enumerable.Range(0, n).Select(i => System.Math.Sin(1 + 3 * i) * 1.3)];

    static double[] GradientByHand(double[] x)
    {
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length - 1; i++)
        {
            var t = x[i + 1] - x[i] * x[i];
            gradient[i] += -400 * x[i] * t - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * t;
        }

        return gradient;
    }

    [Fact]
    public void The_gradient_is_the_one_written_by_hand()
    {
        var x = Start(100);
        var (byHand, traced) = (GradientByHand(x), Gradient(Rosenbrock, x));
        var scale = byHand.Max(System.Math.Abs);
        for (var i = 0; i < x.Length; i++) Close(byHand[i], traced[i], 1e-14, scale * 0.01);
        Assert.True(byHand.Zip(traced, (a, b) => System.Math.Pow(a - b, 2)).Sum() <= System.Math.Pow(1e-14, 2) * byHand.Sum(g => g * g));
    }

    [Fact]
    public void A_gradient_costs_a_small_multiple_of_the_value()
    {
        var graph = Record(Rosenbrock, Start(1000));
        var (value, gradient) = (new Tape(graph), new Tape(Differentiation.GradientAndValue(graph)));
        Assert.InRange(gradient.Length / (double)value.Length, 1, 3);
    }

    [Fact]
    public void A_tridiagonal_hessian_takes_at_most_four_directions()
    {
        const int N = 1000;
        var x = Start(N);
        var function = new TracedFunction(Record(Rosenbrock, x));
        var hessian = CompressedDerivative.Hessian(Differentiation.VectorJacobian(function.GraphAt(new(x))));
        Assert.InRange(hessian.ColourCount, 1, 4);
        Assert.Equal(2 * N - 1, hessian.Entries.Count);

        var matrix = function.WeightedHessian(new(x), Vector.Zero(1), new(1));
        for (var i = 0; i < N; i++)
        {
            var diagonal = (i < N - 1 ? 1200 * x[i] * x[i] - 400 * x[i + 1] + 2 : 0) + (i > 0 ? 200 : 0);
            Close(diagonal, matrix[i, i], 1e-13, 1000);
            if (i > 0) Close(-400 * x[i - 1], matrix[i, i - 1], 1e-13);
            if (i > 0) Assert.Equal(matrix[i, i - 1], matrix[i - 1, i]);
            if (i > 1) Assert.Equal(0, matrix[i, i - 2]);
        }
    }

    [Fact]
    public void Registers_are_used_again()
    {
        var sum = Record(i => Enumerable.Range(0, 1000).Select(k => Math.Sin(i[0] * (k % 7))).Aggregate((a, b) => a * b), 0.5);
        Assert.InRange(new Tape(sum).RegisterCount, 1, 40);
    }
}
