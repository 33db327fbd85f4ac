namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The step p that minimises |r + J p| within |D p| at most a radius, for a diagonal D. More (1978), sections 2, 3 and 5.
/// </summary>
/// <remarks>
/// With q = D p and J D^-1 P = Q R the step is that of R and Q'r. J D^-1 is decomposed once for all radii, and R once more for each lambda
/// that is tried: one to three where the radius is in the way.
/// </remarks>
internal sealed class DampedStep
{
    const double RelativeAccuracy = 0.1; // sigma in (5.1)
    const int MaximumTries = 20;

    readonly Vector scale;
    readonly PivotedQr qr;
    readonly double[] rotated; // Q'r, filled up with zeros to n numbers where there are fewer
    readonly Vector gaussNewton; // q
    DampedTriangle? damped;

    internal DampedStep(Matrix jacobian, Vector residual, Vector scale)
    {
        this.scale = scale;
        qr = PivotedQr.Of(jacobian, scale);
        var all = residual.ToArray();
        qr.MultiplyByTransposedQ(all);
        rotated = new double[scale.Count];
        all.AsSpan(0, int.Min(all.Length, rotated.Length)).CopyTo(rotated);
        gaussNewton = -qr.SolveRotated(rotated);
    }

    /// <summary>
    /// p and its lambda; lambda is 0 where the Gauss-Newton step, the shortest if there are many, lies within the radius.
    /// </summary>
    internal (Vector Step, double Lambda) Within(double radius)
    {
        if (gaussNewton.Norm <= (1 + RelativeAccuracy) * radius) return (InX(gaussNewton), 0);

        damped ??= new(qr, rotated);
        var (lambda, q) = Damped(radius);
        return (InX(qr.Unpermuted(q)), lambda);
    }

    /// <summary>The lambda with | |q(lambda)| - radius | at most 0.1 radius, and q. Hebden (1973); More (1978), algorithm (5.5).</summary>
    (double Lambda, double[] Step) Damped(double radius)
    {
        var (lower, upper) = (0.0, SlopeLength() / radius);
        if (qr.Rank == scale.Count)
        {
            var (phi, slope) = ExcessOfGaussNewton(radius);
            lower = -phi / slope;
        }

        var lambda = double.Max(0.001 * upper, double.Sqrt(lower) * double.Sqrt(upper));
        for (var k = 0; ; k++)
        {
            damped!.Factorise(lambda);
            var q = damped.Solve();
            var length = SpanKernel.Norm(q);
            var phi = length - radius;
            if (double.Abs(phi) <= RelativeAccuracy * radius || k == MaximumTries) return (lambda, q);
            var w = damped.LengthOfTransposedSolution(q);
            var slope = -w * (w / length);
            if (phi < 0) upper = lambda;
            lower = double.Max(lower, lambda - phi / slope);
            lambda -= (phi + radius) / radius * (phi / slope);
            if (!(lambda > lower && lambda < upper)) lambda = double.Max(0.001 * upper, double.Sqrt(lower) * double.Sqrt(upper));
        }
    }

    /// <summary>phi(0) = |q| - radius and its derivative, where R has full rank. More (1978), (5.3).</summary>
    (double Phi, double Slope) ExcessOfGaussNewton(double radius)
    {
        var length = gaussNewton.Norm;
        var w = new double[scale.Count];
        for (var j = 0; j < w.Length; j++) w[j] = gaussNewton[qr.Pivot(j)];
        qr.SolveTransposedUpper(w);
        var size = SpanKernel.Norm(w);
        return (length - radius, -size * (size / length));
    }

    /// <summary>|D^-1 J'r| = |R'Q'r|.</summary>
    double SlopeLength()
    {
        var slope = new double[scale.Count];
        for (var j = 0; j < slope.Length; j++)
        {
            for (var i = 0; i <= j; i++) slope[j] += qr.R(i, j) * rotated[i];
        }

        return SpanKernel.Norm(slope);
    }

    Vector InX(Vector q) => q.Zip(scale, (each, d) => each / d);
}
