using CsCheck;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.TrustRegion;

namespace PhysOpt.Tests;

/// <summary>The minimiser of a quadratic model within a radius: More and Sorensen's conditions, and the hard case.</summary>
public class TrustRegionModelTests
{
    static readonly Gen<(Matrix H, Vector G, double Radius)> Models = Gen.Int[1, 8].SelectMany(n => Gen.Select(
        Gen.Double[-3, 3].Array[n * n], Gen.Double[-3, 3].Array[n], Gen.Double[-3, 3],
        (entries, g, logarithm) => (Symmetric(n, entries), new Vector(g), double.Pow(10, logarithm))));

    static Matrix Symmetric(int n, double[] entries) => new(n, n, (i, j) => entries[int.Max(i, j) * n + int.Min(i, j)]);

    static double Value(Matrix h, Vector g, Vector p) => g.Dot(p) + 0.5 * p.Dot(h.Multiply(p));

    [Fact]
    public void The_exact_step_meets_the_conditions_of_a_global_minimiser() => Models.Sample((h, g, radius) =>
    {
        var (p, reduction, isAtBoundary) = new ExactModel(h, g).Within(radius);
        Assert.True(p.Norm <= radius * (1 + 1e-12), $"{p.Norm} beyond {radius}");
        Near.Absolute(-Value(h, g, p), reduction, 1e-12 * (1 + g.Norm * radius + 10 * h.RowCount * radius * radius));
        if (isAtBoundary) Near.Relative(radius, p.Norm, 1e-9);

        // (H + s I) p = -g with H + s I positive semidefinite: s = -p'(Hp + g)/p'p
        var least = Factorization.SymmetricSpectrum(h).Eigenvalues[0];
        if (p.Norm == 0)
        {
            Assert.Equal(0, g.Norm);
            Assert.True(least >= -1e-8 * h.RowCount, $"a step from a saddle of curvature {least}");
            return;
        }

        var residual = h.Multiply(p) + g;
        var s = -p.Dot(residual) / p.Dot(p);
        var scale = g.Norm + 10 * h.RowCount * p.Norm;
        Near.Absolute(Vector.Zero(g.Count), residual.AddScaled(s, p), 1e-8 * scale);
        Assert.True(s >= -1e-8 * scale / double.Max(p.Norm, 1e-300));
        Assert.True(least + s >= -1e-8 * scale / p.Norm);
    });

    [Fact]
    public void No_step_within_the_radius_is_better_than_the_exact_one() =>
        Gen.Select(Models, Gen.Double[-1, 1].Array[8], Gen.Double[0, 1]).Sample((model, direction, fraction) =>
    {
        var (h, g, radius) = model;
        var v = new Vector(direction[..g.Count]);
        var other = v.Norm == 0 ? v : fraction * radius / v.Norm * v;
        var exact = new ExactModel(h, g).Within(radius).Reduction;
        Assert.True(exact >= -Value(h, g, other) - 1e-9 * (g.Norm * radius + 30 * radius * radius));
    });

    [Fact]
    public void Conjugate_gradients_stay_within_the_radius_and_do_at_least_as_well_as_the_Cauchy_point() =>
        Models.Where(model => model.G.Norm > 0).Sample((h, g, radius) =>
    {
        var (p, reduction, isAtBoundary) = new KrylovModel(h.Multiply, g).Within(radius);
        Assert.True(p.Norm <= radius * (1 + 1e-9));
        if (isAtBoundary) Near.Relative(radius, p.Norm, 1e-9);
        var curvature = g.Dot(h.Multiply(g));
        var length = curvature > 0 ? double.Min(g.Dot(g) / curvature, radius / g.Norm) : radius / g.Norm;
        Assert.True(reduction >= -Value(h, g, -length * g) * (1 - 1e-9));
        var exact = new ExactModel(h, g).Within(radius).Reduction;
        Assert.True(reduction <= exact + 1e-9 * (g.Norm * radius + 30 * radius * radius));
    });

    [Fact]
    public void In_the_hard_case_the_way_to_the_boundary_is_along_the_first_eigenvector()
    {
        // g has nothing along the negative eigenvalue -2: p = -(H + 2I)^+ g + t q
        var (p, reduction, isAtBoundary) = new ExactModel(Matrix.Diagonal(-2, 1, 3), new(0, 3, 5)).Within(2);
        Assert.True(isAtBoundary);
        Near.Absolute(new Vector(double.Sqrt(2), -1, -1), p, 1e-14);
        Near.Relative(-Value(Matrix.Diagonal(-2, 1, 3), new(0, 3, 5), new(double.Sqrt(2), -1, -1)), reduction, 1e-14);

        // nearly hard: almost nothing is enough, and the sign is that of descent
        foreach (var tiny in (double[])[1e-12, 1e-20, 1e-100, 1e-300])
        {
            p = new ExactModel(Matrix.Diagonal(-2, 1, 3), new(tiny, 3, 5)).Within(2).Step;
            Near.Absolute(tiny > 1e-15 ? new Vector(-double.Sqrt(2), -1, -1) : new Vector(double.CopySign(double.Sqrt(2), p[0]), -1, -1), p,
                1e-9);
        }

        // a gradient that is zero altogether, at a saddle
        p = new ExactModel(Matrix.Diagonal(2, -4), Vector.Zero(2)).Within(0.5).Step;
        Near.Absolute(new Vector(0, 0.5), p, 1e-15);
    }

    [Fact]
    public void A_singular_Hessian_whose_range_holds_the_gradient_has_a_step_of_least_length()
    {
        var (p, _, isAtBoundary) = new ExactModel(new Matrix(new double[,] { { 1, 1 }, { 1, 1 } }), new(2, 2)).Within(10);
        Assert.False(isAtBoundary);
        Near.Absolute(new Vector(-1, -1), p, 1e-14);

        // and one whose range does not: to the boundary
        Near.Relative(10, new ExactModel(Matrix.Diagonal(1, 0), new(0, 1)).Within(10).Step.Norm, 1e-12);
        // what rounding leaves of a slope along a level direction, of g, of H p or of the loss, is none
        Assert.Equal(new(-1, 0), new ExactModel(Matrix.Diagonal(1, 0), new(1, 1e-16)).Within(10).Step);
        Assert.Equal(new(-1, 0), new ExactModel(Matrix.Diagonal(1, 1e-17), new(1, 3e-16)).Within(10).Step);
        Assert.Equal(new(-1, 0), new ExactModel(Matrix.Diagonal(1, -1e-9), new(1, 1e-9), error: 1e-8).Within(10).Step);
        Assert.Equal(new(-1, 0), new ExactModel(Matrix.Diagonal(1, 0), new(1, 1e-13), unseen: 1e-11).Within(10).Step);
        Near.Relative(10, new ExactModel(Matrix.Diagonal(0, 0), new(3, 4)).Within(10).Step.Norm, 1e-12);
        Assert.Equal(Vector.Zero(2), new ExactModel(Matrix.Diagonal(0, 0), new(0, 0)).Within(10).Step);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e8)]
    public void The_step_does_not_depend_on_the_unit_of_the_loss(double unit) => Models.Sample((h, g, radius) =>
    {
        var scaled = new Matrix(h.RowCount, h.RowCount, (i, j) => unit * h[i, j]);
        var (step, reduction, _) = new ExactModel(h, g).Within(radius);
        Near.Absolute(unit * reduction, new ExactModel(scaled, unit * g).Within(radius).Reduction,
            1e-9 * unit * (g.Norm * radius + 30 * radius * radius));
        Assert.True(step.Norm <= radius * (1 + 1e-12));
    });

    [Fact]
    public void Negative_curvature_is_found_where_there_is_any() => Models.Sample((h, g, radius) =>
    {
        var least = Factorization.SymmetricSpectrum(h).Eigenvalues[0];
        foreach (var model in (IQuadraticModel[])[new ExactModel(h, g), new KrylovModel(h.Multiply, g)])
        {
            var found = model.FindNegativeCurvature();
            if (least < -1e-6) Assert.NotNull(found);
            if (least > 1e-6) Assert.Null(found);
            if (found is not var (direction, curvature)) continue;
            Near.Relative(1, direction.Norm, 1e-12);
            Near.Absolute(curvature, direction.Dot(h.Multiply(direction)), 1e-9);
        }
    });
}
