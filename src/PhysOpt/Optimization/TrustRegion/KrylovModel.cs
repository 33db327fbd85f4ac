using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.TrustRegion;

/// <summary>The model minimised approximately by products H v alone: for as many variables as memory holds vectors of.</summary>
/// <remarks>
/// Conjugate gradients from p = 0, which lengthen p in every iteration, until the residual is small against the gradient, the boundary is
/// crossed, or a direction of negative curvature is met and followed to the boundary. Steihaug (1983), algorithm 2.1; Toint (1981); the
/// forcing term min(1/2, sqrt(|g|)) is that of Nocedal and Wright (2006), algorithm 7.1. Negative curvature at a stationary point is looked
/// for by Lanczos' method.
/// </remarks>
internal sealed class KrylovModel(Func<Vector, Vector> hessianTimes, Vector gradient) : IQuadraticModel
{
    const int LanczosSteps = 40;

    /// <summary>Products may be differences of gradients: a curvature this small against the largest one is their error.</summary>
    static readonly double NegligibleCurvature = double.Sqrt(Precision.MachineEpsilon);

    /// <inheritdoc/>
    public ModelStep Within(double radius)
    {
        var n = gradient.Count;
        var enough = double.Min(0.5, double.Sqrt(gradient.Norm)) * gradient.Norm;
        var (p, hp) = (Vector.Zero(n), Vector.Zero(n));
        var residual = gradient; // of H p = -g
        var direction = -residual;
        var square = residual.Dot(residual);
        for (var iteration = 0; iteration < n; iteration++)
        {
            var product = hessianTimes(direction);
            var curvature = direction.Dot(product);
            var step = square / curvature;
            var next = p.AddScaled(step, direction);
            if (!(curvature > 0) || !(next.Norm < radius))
            {
                var toBoundary = Boundary.Reach(p, direction, radius);
                return ModelStep.Of(gradient, p.AddScaled(toBoundary, direction), hp.AddScaled(toBoundary, product), isAtBoundary: true);
            }

            (p, hp) = (next, hp.AddScaled(step, product));
            residual = residual.AddScaled(step, product);
            var nextSquare = residual.Dot(residual);
            if (double.Sqrt(nextSquare) <= enough) break;
            direction = (-residual).AddScaled(nextSquare / square, direction);
            square = nextSquare;
        }

        return ModelStep.Of(gradient, p, hp, isAtBoundary: false);
    }

    /// <inheritdoc/>
    public double Promise(double radius) => Within(radius).Reduction;

    /// <inheritdoc/>
    public NegativeCurvature? FindNegativeCurvature()
    {
        var (basis, t) = Lanczos(int.Min(gradient.Count, LanczosSteps));
        var (ritzValues, vectors) = Factorization.SymmetricSpectrum(t);
        if (!(ritzValues[0] < -NegligibleCurvature * ritzValues.InfinityNorm)) return null;
        var direction = Vector.Zero(gradient.Count);
        for (var j = 0; j < basis.Count; j++) direction = direction.AddScaled(vectors[j, 0], basis[j]);
        return new(1 / direction.Norm * direction, ritzValues[0]);
    }

    /// <summary>
    /// An orthonormal basis of the Krylov space of H and a random vector, and H in it. Golub and Van Loan (2013), algorithm 10.1.1,
    /// orthogonalised in full.
    /// </summary>
    (List<Vector> Basis, Matrix Projection) Lanczos(int steps)
    {
        var random = new Random(1); // the same in every run
        var start = Vector.Wrap([.. Enumerable.Range(0, gradient.Count).Select(_ => random.NextDouble() - 0.5)]);
        var basis = new List<Vector> { 1 / start.Norm * start };
        var (diagonal, beside) = (new List<double>(), new List<double>());
        while (true)
        {
            var product = hessianTimes(basis[^1]);
            diagonal.Add(basis[^1].Dot(product));
            var scale = product.Norm;
            for (var twice = 0; twice < 2; twice++)
            {
                foreach (var known in basis) product = product.AddScaled(-known.Dot(product), known);
            }

            var length = product.Norm;
            if (basis.Count == steps || !(length > NegligibleCurvature * scale)) break;
            beside.Add(length);
            basis.Add(1 / length * product);
        }

        return (basis, new Matrix(basis.Count, basis.Count, (i, j) =>
            i == j ? diagonal[i] : int.Abs(i - j) == 1 ? beside[int.Min(i, j)] : 0));
    }
}
