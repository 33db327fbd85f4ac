namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The step p that makes |r + J p| small within |D p| at most a radius, by products with J and J' alone: for sparse Jacobians whose
/// factors would not be.
/// </summary>
/// <remarks>
/// Conjugate gradients for the normal equations of A = J D^-1 from q = D p = 0, which lengthen q in every iteration, until the slope is
/// next to nothing beside the first or the boundary is crossed. With D the lengths of columns it is preconditioned by the diagonal of J'J.
/// Bjorck (1996), "Numerical methods for least squares problems", algorithm 7.4.1 (CGLS); Steihaug (1983), algorithm 2.1.
/// </remarks>
/// <param name="jacobian">J.</param>
/// <param name="variables">The variables that move.</param>
/// <param name="residual">r, m components.</param>
/// <param name="scale">The diagonal of D, n components.</param>
internal sealed class KrylovStep(SparseMatrix jacobian, int[] variables, Vector residual, Vector scale) : IDampedStep
{
    const double Accuracy = 1e-8; // of the slope, beside the first
    const int MostIterations = 2000;

    readonly double[] units = Units(jacobian.ColumnCount, variables, scale);
    (double[] Q, double Length)? whole;

    /// <inheritdoc/>
    public (Vector Step, double Lambda) Within(double radius)
    {
        if (whole is not var (q, length) || length > radius)
        {
            (q, length, var lambda) = Search(radius);
            if (lambda > 0) return (InX(q), lambda);
            whole = (q, length);
        }

        return (InX(q), 0);
    }

    (double[] Q, double Length, double Lambda) Search(double radius)
    {
        var (q, rest) = (new double[units.Length], residual.ToArray()); // rest = r + A q
        var slope = Slope(rest);
        double[] direction = [.. slope.Select(each => -each)];
        var square = SpanKernel.Dot(slope, slope);
        var enough = Accuracy * Accuracy * square;
        for (var iteration = 0; iteration < MostIterations && square > enough; iteration++)
        {
            var product = jacobian.Multiply(Vector.Wrap([.. direction.Select((each, j) => each * units[j])])).AsSpan();
            var curvature = SpanKernel.Dot(product, product);
            if (!(curvature > 0)) break;
            var step = square / curvature;
            var beyond = (double[])q.Clone();
            SpanKernel.Combine(1, q, step, direction, beyond);
            if (!(SpanKernel.Norm(beyond) <= radius)) return AtBoundary(q, rest, direction, product, radius);
            q = beyond;
            SpanKernel.Combine(1, rest, step, product, rest);
            slope = Slope(rest);
            var next = SpanKernel.Dot(slope, slope);
            SpanKernel.Combine(next / square, direction, -1, slope, direction);
            square = next;
        }

        return (q, SpanKernel.Norm(q), 0);
    }

    (double[] Q, double Length, double Lambda) AtBoundary(
        double[] q, double[] rest, double[] direction, ReadOnlySpan<double> product, double radius)
    {
        var step = Boundary.Reach(Vector.Wrap(q), Vector.Wrap(direction), radius);
        SpanKernel.Combine(1, q, step, direction, q);
        SpanKernel.Combine(1, rest, step, product, rest);
        // A'(r + A q) = -lambda q at the minimum within the radius
        return (q, radius, double.Max(double.Epsilon, -SpanKernel.Dot(q, Slope(rest)) / radius / radius));
    }

    /// <summary>A'w.</summary>
    double[] Slope(double[] w) => [.. jacobian.TransposeMultiply(Vector.Wrap(w)).Select((each, j) => each * units[j])];

    Vector InX(double[] q) => new(variables.Select(j => q[j] * units[j]));

    static double[] Units(int n, int[] variables, Vector scale)
    {
        var units = new double[n];
        foreach (var j in variables) units[j] = 1 / scale[j];
        return units;
    }
}
