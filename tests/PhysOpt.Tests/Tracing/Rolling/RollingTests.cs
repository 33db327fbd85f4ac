using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// What loops in scripts unroll into is rolled up again: the shape of the program does not grow with n, and its values are the function's.
/// </summary>
public class RollingTests
{
    static double[] Point(int n) => [.. Enumerable.Range(0, n).Select(i => Math.Sin(1 + 3 * i) * 1.3)];

    /// <summary>
    /// The values by loops are those by single operations, within rounding; the shape is within bounds, the same for every n.
    /// </summary>
    static void Rolls(Func<int, Graph> graphOf, int loops, int straight, params int[] sizes)
    {
        foreach (var n in sizes)
        {
            var graph = graphOf(n);
            var x = Point(graph.InputCount);
            var (expected, actual) = (graph.Evaluate(x), graph.Rolled(x));
            var scale = expected.Max(Math.Abs);
            for (var i = 0; i < expected.Length; i++) Close(expected[i], actual[i], 1e-12, scale);
            var shape = graph.Shape();
            Assert.True(shape.Loops <= loops && shape.StraightOperations <= straight, $"n = {n}: {shape}");
        }
    }

    static Graph Gradient(Graph graph) => Differentiation.GradientAndValue(graph);

    static Graph Of(int n, Func<TracedNumber[], TracedNumber> f) => Record(f, Point(n));

    static Graph OfAll(int n, Func<TracedNumber[], IEnumerable<TracedNumber>> f) => Record(i => [.. f(i)], Point(n));

    [Fact]
    public void Chained_Rosenbrock() => Rolls(n => Of(n, RosenbrockTests.Rosenbrock), 1, 1, 100, 1000, 3000);

    [Fact]
    public void The_gradient_of_chained_Rosenbrock() => Rolls(n => Gradient(Of(n, RosenbrockTests.Rosenbrock)), 2, 6, 100, 1000, 3000);

    [Fact]
    public void The_products_of_chained_Rosenbrock_with_vectors()
    {
        Rolls(n => Differentiation.VectorJacobian(Of(n, RosenbrockTests.Rosenbrock)), 4, 12, 100, 1000);
        Rolls(n => Differentiation.JacobianVector(Of(n, RosenbrockTests.Rosenbrock), n), 4, 12, 100, 1000);
        Rolls(n => Differentiation.HessianVector(Of(n, RosenbrockTests.Rosenbrock)), 4, 40, 100, 1000);
    }

    /// <summary>All entries of a Hessian of 3 colours, as CompressedDerivative has them.</summary>
    [Fact]
    public void The_tridiagonal_Hessian_of_chained_Rosenbrock_by_colours()
    {
        var shapes = new List<ProgramShape>();
        foreach (var n in (int[])[100, 400, 1600])
        {
            var x = Point(n);
            var hessian = CompressedDerivative.Hessian(Differentiation.VectorJacobian(Of(n, RosenbrockTests.Rosenbrock)));
            shapes.Add(hessian.Shape);
        }

        foreach (var shape in shapes) Assert.True(shape.Loops <= 12 && shape.StraightOperations <= 120, string.Join("; ", shapes));
    }

    [Fact]
    public void A_periodic_stencil() =>
        Rolls(n => OfAll(n, x => Enumerable.Range(0, n).Select(i => x[(i + n - 1) % n] - 2 * x[i] + x[(i + 1) % n])), 1, 4, 64, 500);

    [Fact]
    public void A_stencil_between_fixed_ends() => Rolls(
        n => OfAll(n, x => Enumerable.Range(0, n)
            .Select(i => (i == 0 ? 1 - 2 * x[i] : x[i - 1] - 2 * x[i]) + (i == n - 1 ? 0 * x[i] : x[i + 1]))), 3, 8, 64, 500);

    [Fact]
    public void The_energy_of_a_chain_and_its_gradient() => Rolls(n => Gradient(Of(n, x =>
    {
        TracedNumber sum = 0 + x[0] * x[0];
        for (var i = 1; i < n; i++) sum += Math.Pow(x[i] - x[i - 1], 2) / 2 + Math.Cos(x[i]);
        return sum;
    })), 3, 12, 64, 500);

    [Fact]
    public void A_fit_of_few_parameters_to_data()
    {
        static TracedNumber Misfit(TracedNumber[] p, int count)
        {
            TracedNumber? sum = null;
            for (var k = 0; k < count; k++)
            {
                var t = 0.01 * k;
                var residual = p[0] * Math.Exp(p[1] * t) + p[2] * t - (2 + Math.Sin(7 * k));
                sum = sum is null ? residual * residual : sum + residual * residual;
            }

            return sum!;
        }

        Rolls(count => Of(3, p => Misfit(p, count)), 2, 6, 50, 1000);
        Rolls(count => Gradient(Of(3, p => Misfit(p, count))), 3, 16, 50, 1000);
    }

    [Fact]
    public void Residuals_of_a_fit() =>
        Rolls(count => OfAll(3, p => Enumerable.Range(0, count).Select(k => p[0] * Math.Exp(p[1] * (0.01 * k)) + p[2] - Math.Cos(k))), 2, 4,
        50, 700);

    static TracedNumber PairEnergy(TracedNumber[] x)
    {
        TracedNumber sum = 0 * x[0];
        for (var i = 0; i < x.Length / 2; i++)
        {
            for (var j = i + 1; j < x.Length / 2; j++)
            {
                var (dx, dy) = (x[2 * i] - x[2 * j], x[2 * i + 1] - x[2 * j + 1]);
                sum += 1 / Math.Sqrt(dx * dx + dy * dy + 0.01);
            }
        }

        return sum;
    }

    [Fact]
    public void The_energy_of_all_pairs_of_bodies() => Rolls(n => Of(2 * n, PairEnergy), 4, 4, 10, 40);

    [Fact]
    public void The_forces_between_all_pairs_of_bodies()
    {
        // the loops that sum for each body have as many turns as it has partners before or after it
        Rolls(n => Gradient(Of(2 * n, PairEnergy)), 80, 200, 40);
        var (few, many) = (Gradient(Of(60, PairEnergy)).Shape(), Gradient(Of(160, PairEnergy)).Shape());
        Assert.InRange(many.StraightOperations + many.LoopOperations, 0, 3 * (few.StraightOperations + few.LoopOperations));
    }

    [Fact]
    public void Time_steps_of_a_periodic_heat_equation() => Rolls(n => OfAll(n, x =>
    {
        var u = x;
        for (var step = 0; step < 5; step++)
        {
            var now = u;
            u = [.. Enumerable.Range(0, n).Select(i => now[i] + 0.2 * (now[(i + n - 1) % n] - 2 * now[i] + now[(i + 1) % n]))];
        }

        return u;
    }), 5, 0, 64, 300);

    [Fact]
    public void The_gradient_through_time_steps_of_a_periodic_heat_equation() => Rolls(n => Gradient(Of(n, x =>
    {
        var u = x;
        for (var step = 0; step < 5; step++)
        {
            var now = u;
            u = [.. Enumerable.Range(0, n).Select(i => now[i] + 0.2 * (now[(i + n - 1) % n] - 2 * now[i] + now[(i + 1) % n]))];
        }

        return u.Select((v, i) => (v - Math.Cos(i)) * (v - Math.Cos(i))).Aggregate((a, b) => a + b);
    })), 22, 150, 64, 300);

    [Fact]
    public void A_matrix_times_a_vector() => Rolls(
        n => OfAll(n, x => Enumerable.Range(0, n)
            .Select(i => x.Select((xj, j) => xj * (1.5 + Math.Cos(i * n + j))).Aggregate((a, b) => a + b))), 2, 0, 20, 50, 100);

    [Fact]
    public void The_squared_residual_of_a_linear_system_and_its_gradient() => Rolls(
        n => Gradient(Of(n, x => Enumerable.Range(0, n)
            .Select(i => Math.Pow(x.Select((xj, j) => xj * (1.5 + Math.Cos(i * n + j))).Aggregate((a, b) => a + b) - 1, 2))
                .Aggregate((a, b) => a + b))), 8, 16, 20, 60);

    [Fact]
    public void Squares_and_products_with_neighbours_are_told_apart()
    {
        var shape = Of(200, x =>
        {
            var sum = Math.Cbrt(x[0]);
            for (var i = 0; i < 199; i++) sum = sum + x[i] * x[i] + Math.Exp(x[i] * x[i + 1]) - 3 * x[i];
            return sum;
        });
        Rolls(_ => shape, 3, 8, 0);
        foreach (var step in Vectoriser.Roll(shape).Steps.OfType<Loop>())
            Assert.All(step.Body, operation => Assert.True(operation.A.Indices is null && operation.B.Indices is null));
    }

    [Fact]
    public void A_grid_in_two_dimensions() => Rolls(n => Gradient(Of(n * n, x =>
    {
        TracedNumber sum = 0 * x[0];
        for (var i = 1; i < n; i++)
        {
            for (var j = 1; j < n; j++)
            {
                var (dx, dy) = (x[i * n + j] - x[i * n + j - 1], x[i * n + j] - x[(i - 1) * n + j]);
                sum += Math.Sqrt(1 + dx * dx + dy * dy);
            }
        }

        return sum;
    })), 12, 40, 20, 40);

    [Fact]
    public void Small_functions_stay_straight_code()
    {
        var shape = Gradient(Of(3, RosenbrockTests.Rosenbrock)).Shape();
        Assert.Equal((0, shape.Operations), (shape.Loops, shape.StraightOperations));
    }
}
