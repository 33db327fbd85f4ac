using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.TrustRegion;

/// <summary>The model minimised exactly, by the eigenvalues of H: O(n^3) once, O(n) for each radius after that.</summary>
/// <remarks>
/// <para>p minimises m within the radius D if and only if (H + s I) p = -g, with H + s I positive semidefinite, s not negative and s(D -
/// |p|) = 0. More and Sorensen (1983), "Computing a trust region step", lemma 2.1 and 2.3; the hard case is that of their section 2.</para>
/// <para>With H = Q diag(l) Q' and c = Q'g it is p = -Q c/(l + s), and |p(s)| = D is one equation in s. It is solved as 1/D = 1/|p(s)|,
/// which is nearly straight, by Newton's method from the left, where it converges monotonically (Conn, Gould, Toint 2000, section 7.3.3).
/// s is counted from max(0, -l1), so that nothing cancels close to the hard case.</para>
/// <para>Where H is singular, rounding leaves a slope along directions in which the loss is level. A step to the boundary would follow
/// it for nothing, and lose x. So a slope without curvature counts where it is more than rounding of H makes of p, and where the loss
/// would show it.</para>
/// </remarks>
/// <param name="hessian">H, finite.</param>
/// <param name="gradient">g.</param>
/// <param name="error">What of H, in its own norm, may be error of differences.</param>
/// <param name="unseen">The change of the loss that cannot be told from rounding.</param>
/// <param name="room">The length of a step at least over which a slope would be seen.</param>
internal sealed class ExactModel(Matrix hessian, Vector gradient, double error = 0, double unseen = 0, double room = 0) : IQuadraticModel
{
    const int MaximumIterations = 60;
    const double RadiusAccuracy = 1e-12;
    const double Several = 8; // roundings

    readonly Vector? newtonStep = Factorization.SolvePositiveDefinite(
        hessian, -gradient, double.Max(error, gradient.Count * Precision.MachineEpsilon));
    Factorization.Spectrum? spectrum;

    Factorization.Spectrum Spectrum => spectrum ??= Factorization.SymmetricSpectrum(hessian);

    /// <summary>Eigenvalues below this are zero to working precision.</summary>
    double Negligible => Spectrum.Eigenvalues.Count * Precision.MachineEpsilon * Spectrum.Eigenvalues.InfinityNorm;

    /// <summary>Eigenvalues below this may be zero but for errors.</summary>
    double Uncertain => double.Max(Negligible, error * Spectrum.Eigenvalues.InfinityNorm);

    /// <inheritdoc/>
    public ModelStep Within(double radius)
    {
        if (newtonStep?.Norm <= radius) return ModelStep.Of(gradient, newtonStep, hessian.Multiply(newtonStep), isAtBoundary: false);

        var (eigenvalues, q) = Spectrum;
        var uncertain = Uncertain;
        var c = q.TransposeMultiply(gradient);
        var lift = eigenvalues[0] < -uncertain ? -eigenvalues[0] : 0;
        var d = new Vector(eigenvalues.Select(value => double.Max(value + lift, 0)));

        var shortest = c.Zip(d, (ci, di) => di <= uncertain ? 0 : -ci / di);
        var ofRounding = double.Max(d.Count * Precision.MachineEpsilon * gradient.Norm, uncertain * double.Min(shortest.Norm, radius));
        var nothing = double.Max(Several * ofRounding, unseen / double.Max(radius, room));
        c = c.Zip(d, (ci, di) => di <= uncertain && double.Abs(ci) <= nothing ? 0 : ci);
        // where l + lift vanishes, c must too for p to stay finite: the hard case, or a gradient in the range of a singular H
        var isOpen = !Enumerable.Range(0, d.Count).Any(i => d[i] <= uncertain && c[i] != 0);
        if (isOpen && shortest.Norm <= radius)
        {
            return lift == 0 ? Of(shortest, isAtBoundary: false) : Of(Lengthened(shortest, radius), isAtBoundary: true);
        }

        return Of(OnBoundary(c, d, radius), isAtBoundary: true);

        // summed by eigenvalues, for p'Hp loses what the small ones of them say
        ModelStep Of(Vector p, bool isAtBoundary) => new(
            q.Multiply(p), -Enumerable.Range(0, p.Count).Sum(i => p[i] * (c[i] + eigenvalues[i] * p[i] / 2)), isAtBoundary);
    }

    /// <inheritdoc/>
    public double? MostPromised => newtonStep is { IsFinite: true } ? -gradient.Dot(newtonStep) / 2 : null;

    /// <inheritdoc/>
    public double Promise(double radius)
    {
        if (MostPromised is { } most) return most;
        var (eigenvalues, q) = Spectrum;
        return q.TransposeMultiply(gradient).Zip(eigenvalues, (c, l) =>
            double.Min(double.Abs(c) * radius, double.Abs(l) > Negligible ? c * c / (2 * double.Abs(l)) : double.PositiveInfinity)).Sum();
    }

    /// <inheritdoc/>
    public NegativeCurvature? FindNegativeCurvature()
    {
        if (newtonStep is not null && newtonStep.IsFinite) return null; // H is positive definite
        var (eigenvalues, q) = Spectrum;
        return eigenvalues[0] < -Negligible
            ? new(Pointing(new Vector(Enumerable.Range(0, q.RowCount).Select(i => q[i, 0]))), eigenvalues[0]) : null;
    }

    /// <summary>The coefficients -c/(d + s) whose length is the radius.</summary>
    static Vector OnBoundary(Vector c, Vector d, double radius)
    {
        // every component is at most the radius, so s is at least |c_i|/D - d_i: left of the solution, where Newton's method is safe
        var s = double.Max(0, c.Zip(d, (ci, di) => double.Abs(ci) / radius - di).Max());
        var p = Coefficients(s);
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            var length = p.Norm;
            if (double.Abs(length - radius) <= RadiusAccuracy * radius) break;
            var slope = p.Dot(p.Zip(d, (pi, di) => pi == 0 ? 0 : pi / (di + s))) / length; // -d|p|/ds
            var next = s + (length - radius) / radius * length / slope;
            if (!(next > s)) break;
            p = Coefficients(s = next);
        }

        var final = p.Norm;
        return final > radius ? radius / final * p : p;

        Vector Coefficients(double shift) => c.Zip(d, (ci, di) => ci == 0 ? 0 : -ci / (di + shift));
    }

    /// <summary>
    /// The hard case: a multiple of the first eigenvector is added, which costs nothing in (H + s I) p = -g, until |p| is the radius.
    /// </summary>
    static Vector Lengthened(Vector p, double radius)
    {
        var missing = double.Sqrt(double.Max(0, (radius - p.Norm) * (radius + p.Norm)));
        return p.With(0, p[0] + missing);
    }

    /// <summary>Of v and -v the one whose largest component is positive, so that a run can be repeated.</summary>
    static Vector Pointing(Vector v) => v.MaxBy(double.Abs) < 0 ? -v : v;
}
