using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// A step that lowers the quadratic model within the trust region and the bounds: truncated conjugate gradients in the variables that are
/// free, and arcs of the sphere once its boundary is reached.
/// </summary>
/// <remarks>
/// TRSBOX of Powell (2009). A variable that meets its bound stays there, and conjugate gradients begin anew in the others. O(m n) per
/// step of them, at most n and the number of bounds that are met.
/// </remarks>
/// <param name="set">The points.</param>
/// <param name="model">The model.</param>
/// <param name="lower">The lower bounds, relative to the origin.</param>
/// <param name="upper">The upper bounds, relative to the origin.</param>
internal sealed partial class BoxedStep(InterpolationSet set, InterpolationModel model, double[] lower, double[] upper)
{
    const double Negligible = 1e-4; // of the square of the reduction so far
    const double Small = 0.01; // of the reduction so far

    readonly int n = set.Dimension;
    readonly double[] direction = new double[set.Dimension], product = new double[set.Dimension];
    readonly double[] reduced = new double[set.Dimension];
    readonly sbyte[] atBound = new sbyte[set.Dimension]; // -1 at the lower, 1 at the upper one
    double reduction;

    /// <summary>d.</summary>
    internal double[] Step { get; } = new double[set.Dimension];

    /// <summary>The gradient of the model at x_opt + d.</summary>
    internal double[] Gradient { get; } = new double[set.Dimension];

    /// <summary>
    /// The least curvature that conjugate gradients have seen, where no boundary of the trust region stopped them; otherwise 0.
    /// </summary>
    internal double Curvature { get; private set; }

    /// <summary>The free components of a gradient at x_opt: the square of its length.</summary>
    internal double FreeSquare(ReadOnlySpan<double> gradient)
    {
        var (sum, best) = (0.0, set.Optimum);
        for (var i = 0; i < n; i++)
        {
            var g = best[i] <= lower[i] ? double.Min(0, gradient[i]) : best[i] >= upper[i] ? double.Max(0, gradient[i]) : gradient[i];
            sum += g * g;
        }

        return sum;
    }

    /// <summary>Finds the step.</summary>
    /// <param name="radius">Delta.</param>
    internal void Find(double radius)
    {
        var best = set.Optimum;
        (reduction, Curvature) = (0, double.NaN);
        Array.Clear(Step);
        model.Gradient.CopyTo(Gradient, 0);
        for (var i = 0; i < n; i++)
        {
            atBound[i] = best[i] <= lower[i] && Gradient[i] >= 0 ? (sbyte)-1
                : best[i] >= upper[i] && Gradient[i] <= 0 ? (sbyte)1 : (sbyte)0;
        }

        if (!ConjugateGradients(radius * radius))
        {
            Curvature = 0;
            AlongTheSphere();
        }

        if (double.IsNaN(Curvature)) Curvature = 0;
        for (var i = 0; i < n; i++)
        {
            var to = atBound[i] < 0 ? lower[i] : atBound[i] > 0 ? upper[i] : double.Clamp(best[i] + Step[i], lower[i], upper[i]);
            Step[i] = to - best[i];
        }
    }

    /// <summary>False where the boundary of the trust region is reached.</summary>
    /// <param name="room">The square of the radius.</param>
    bool ConjugateGradients(double room)
    {
        var best = set.Optimum;
        var (beta, square, left) = (0.0, 0.0, 0);
        while (true)
        {
            for (var i = 0; i < n; i++)
                direction[i] = atBound[i] != 0 ? 0 : beta == 0 ? -Gradient[i] : beta * direction[i] - Gradient[i];
            var length = SpanKernel.Dot(direction, direction);
            if (length == 0) return true;
            if (beta == 0) (square, left) = (length, Free);
            if (square * room <= Negligible * reduction * reduction) return true;

            model.Multiply(direction, product);
            var (inside, along, curvature) = (room, 0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                if (atBound[i] != 0) continue;
                inside -= Step[i] * Step[i];
                along += direction[i] * Step[i];
                curvature += direction[i] * product[i];
            }

            if (inside <= 0) return false;
            var root = double.Sqrt(length * inside + along * along);
            var toSphere = along < 0 ? (root - along) / length : inside / (root + along);
            var step = curvature > 0 ? double.Min(toSphere, square / curvature) : toSphere;
            var met = -1;
            for (var i = 0; i < n; i++)
            {
                if (direction[i] == 0) continue;
                var toBound = ((direction[i] > 0 ? upper[i] : lower[i]) - best[i] - Step[i]) / direction[i];
                if (toBound < step) (step, met) = (toBound, i);
            }

            var gained = 0.0;
            if (step > 0)
            {
                left--;
                if (met < 0 && curvature > 0) Curvature = double.MinNumber(Curvature, curvature / length);
                gained = double.Max(step * (square - step * curvature / 2), 0);
                reduction += gained;
                SpanKernel.Combine(1, Gradient, step, product, Gradient);
                SpanKernel.Combine(1, Step, step, direction, Step);
            }

            if (met >= 0)
            {
                atBound[met] = direction[met] < 0 ? (sbyte)-1 : (sbyte)1;
                room -= Step[met] * Step[met];
                if (room <= 0) return false;
                beta = 0;
                continue;
            }

            if (step >= toSphere) return false;
            if (left == 0 || gained <= Small * reduction) return true;
            var before = square;
            square = FreePart(Gradient, Gradient);
            beta = square / before;
        }
    }

    int Free
    {
        get
        {
            var count = 0;
            foreach (var each in atBound) count += each == 0 ? 1 : 0;
            return count;
        }
    }

    /// <summary>a'b over the free variables.</summary>
    double FreePart(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            if (atBound[i] == 0) sum += a[i] * b[i];
        }

        return sum;
    }
}
