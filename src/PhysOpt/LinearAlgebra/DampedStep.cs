namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The step p that minimises |r + J p| within |D p| at most a radius, for a diagonal D. More (1978), sections 2, 3 and 5.
/// </summary>
/// <remarks>
/// With q = D p and J D^-1 = U S V' the step of each lambda is q = -V (S^2 + lambda)^-1 S U'r, so that the search for lambda costs
/// O(n) a try. J D^-1 is decomposed once for all radii.
/// </remarks>
internal sealed class DampedStep
{
    const double RelativeAccuracy = 0.1; // sigma in (5.1)
    const int MaximumTries = 20;

    readonly Vector scale;
    readonly SingularValues svd;
    readonly Vector alongLeft; // U'r

    internal DampedStep(Matrix jacobian, Vector residual, Vector scale)
    {
        this.scale = scale;
        svd = Factorization.Svd(new Matrix(jacobian.RowCount, jacobian.ColumnCount, (i, j) => jacobian[i, j] / scale[j]));
        alongLeft = svd.LeftTimes(residual);
    }

    /// <summary>
    /// p and its lambda; lambda is 0 where the Gauss-Newton step, the shortest if there are many, lies within the radius.
    /// </summary>
    internal (Vector Step, double Lambda) Within(double radius)
    {
        var gaussNewton = alongLeft.Zip(svd.Values, (c, s) => s > svd.Negligible ? -c / s : 0);
        if (gaussNewton.Norm <= (1 + RelativeAccuracy) * radius) return (InX(gaussNewton), 0);

        var lambda = Lambda(radius);
        return (InX(Damped(lambda)), lambda);
    }

    /// <summary>The lambda with | |q(lambda)| - radius | at most 0.1 radius. Hebden (1973); More (1978), algorithm (5.5).</summary>
    double Lambda(double radius)
    {
        var (lower, upper) = (0.0, alongLeft.Zip(svd.Values, (c, s) => c * s).Norm / radius);
        if (svd.Rank == scale.Count)
        {
            var (phi, slope) = Excess(0, radius);
            lower = -phi / slope;
        }

        var lambda = double.Max(0.001 * upper, double.Sqrt(lower * upper));
        for (var k = 0; k < MaximumTries; k++)
        {
            var (phi, slope) = Excess(lambda, radius);
            if (double.Abs(phi) <= RelativeAccuracy * radius) break;
            if (phi < 0) upper = lambda;
            lower = double.Max(lower, lambda - phi / slope);
            lambda -= (phi + radius) / radius * (phi / slope);
            if (!(lambda > lower && lambda < upper)) lambda = double.Max(0.001 * upper, double.Sqrt(lower * upper));
        }

        return lambda;
    }

    /// <summary>phi(lambda) = |q(lambda)| - radius and its derivative. More (1978), (5.3).</summary>
    (double Phi, double Slope) Excess(double lambda, double radius)
    {
        var (squares, cubes) = (0.0, 0.0);
        for (var i = 0; i < alongLeft.Count; i++)
        {
            var s = svd.Values[i];
            if (s == 0) continue;
            var (damping, q) = (s * s + lambda, s * alongLeft[i] / (s * s + lambda));
            squares += q * q;
            cubes += q * q / damping;
        }

        var length = double.Sqrt(squares);
        return (length - radius, -cubes / length);
    }

    Vector Damped(double lambda) => alongLeft.Zip(svd.Values, (c, s) => s > 0 ? -s * c / (s * s + lambda) : 0);

    Vector InX(Vector alongRight) => svd.Right.Multiply(alongRight).Zip(scale, (q, d) => q / d);
}
