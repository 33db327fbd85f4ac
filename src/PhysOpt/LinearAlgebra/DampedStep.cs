namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The step p that minimises |r + J p| within |D p| at most a radius, for a diagonal D. More (1978), sections 2, 3 and 5.
/// </summary>
/// <remarks>
/// With q = D p the step is that of A = J D^-1, which is decomposed once for all radii, and once more for each lambda that is tried: one to
/// three where the radius is in the way.
/// </remarks>
/// <param name="system">A and r.</param>
/// <param name="scale">The diagonal of D, n components.</param>
internal sealed class DampedStep(IDampedSystem system, Vector scale) : IDampedStep
{
    const double RelativeAccuracy = 0.1; // sigma in (5.1)
    const int MaximumTries = 20;

    /// <summary>The steps of a dense Jacobian.</summary>
    internal DampedStep(Matrix jacobian, Vector residual, Vector scale) : this(new DenseSystem(jacobian, residual, scale), scale) { }

    /// <inheritdoc/>
    public (Vector Step, double Lambda) Within(double radius)
    {
        if (system.Undamped.Norm <= (1 + RelativeAccuracy) * radius) return (InX(system.Undamped), 0);
        var (lambda, q) = Damped(radius);
        return (InX(q), lambda);
    }

    /// <summary>The lambda with | |q(lambda)| - radius | at most 0.1 radius, and q. Hebden (1973); More (1978), algorithm (5.5).</summary>
    (double Lambda, Vector Step) Damped(double radius)
    {
        var (lower, upper) = (0.0, system.SlopeLength / radius);
        if (system.HasFullRank)
        {
            // phi(0) = |q| - radius, and its derivative: (5.3)
            var (length, w) = (system.Undamped.Norm, system.UndampedTransposed);
            lower = (length - radius) / (w * (w / length));
        }

        var lambda = double.Max(0.001 * upper, double.Sqrt(lower) * double.Sqrt(upper));
        for (var k = 0; ; k++)
        {
            var q = system.Damped(lambda);
            var length = system.DampedLength;
            var phi = length - radius;
            if (double.Abs(phi) <= RelativeAccuracy * radius || k == MaximumTries) return (lambda, q);
            var w = system.DampedTransposed;
            var slope = -w * (w / length);
            if (phi < 0) upper = lambda;
            lower = double.Max(lower, lambda - phi / slope);
            lambda -= (phi + radius) / radius * (phi / slope);
            if (!(lambda > lower && lambda < upper)) lambda = double.Max(0.001 * upper, double.Sqrt(lower) * double.Sqrt(upper));
        }
    }

    Vector InX(Vector q) => q.Zip(scale, (each, d) => each / d);
}
