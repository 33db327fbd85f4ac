using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.LeastSquares;

/// <summary>What the linear model r + J s says of a step.</summary>
/// <param name="Next">x + s, within the bounds.</param>
/// <param name="Length">|D s| before bounds cut it short, so that a cut step does not shrink the trust region.</param>
/// <param name="Reduction">|r|^2 - |r + J s|^2.</param>
/// <param name="Slope">The derivative of the sum of squares along s, 2 r'J s.</param>
/// <param name="IsNewton">True when the radius did not bind: lambda = 0 and no bound in the way.</param>
internal readonly record struct BoundedStep(Vector Next, double Length, double Reduction, double Slope, bool IsNewton);

/// <summary>The linear model of the residual at a point, |r + J s|^2, minimised within a radius and the bounds.</summary>
/// <remarks>
/// Bounds by an active set. A variable at a bound that steepest descent would push beyond it stays there; of the others, those
/// that the step takes to a bound end there, and the rest are solved for again. As D is diagonal and the bounds are a box, a short step is
/// steepest descent in the scaled variables, cut off componentwise: it always leads down, so that the trust region ends.
/// Bertsekas (1982), "Projected Newton methods for optimization problems with simple constraints"; Kanzow, Yamashita, Fukushima (2004).
/// </remarks>
internal sealed class BoundedModel
{
    readonly ILeastSquares f;
    readonly Vector x, residual, scale, slope; // slope = J'r
    readonly IJacobian jacobian;
    readonly int[] free;
    readonly IDampedStep? inside; // null where the bounds hold every variable

    /// <param name="f">The problem.</param>
    /// <param name="x">The point.</param>
    /// <param name="jacobian">J there.</param>
    /// <param name="residual">r there.</param>
    /// <param name="scale">D.</param>
    /// <param name="leftOut">Variables that stay where they are.</param>
    internal BoundedModel(ILeastSquares f, Vector x, IJacobian jacobian, Vector residual, Vector scale, int[] leftOut)
    {
        (this.f, this.x, this.jacobian, this.residual, this.scale) = (f, x, jacobian, residual, scale);
        slope = jacobian.TransposeMultiply(residual);
        free = f.Bounds.Free(x, slope);
        if (leftOut.Length > 0) free = [.. free.Except(leftOut)];
        inside = free.Length > 0 ? Solver(free, residual) : null;
    }

    /// <summary>
    /// How much lower the model says the loss can get: by the step that nothing but the bounds limits, or by one variable alone. Where this
    /// is nothing, there is nothing to gain: the model is convex, and no variable can move on its own.
    /// </summary>
    internal double LargestReduction()
    {
        var best = Within(double.PositiveInfinity).Reduction;
        foreach (var i in free)
        {
            var norm = jacobian.ColumnNorm(i);
            if (norm == 0) continue;
            var step = f.Bounds.Within(i, x[i] - slope[i] / (norm * norm)) - x[i];
            var reduction = -step * (2 * slope[i] + norm * norm * step);
            if (reduction > best) best = reduction; // never NaN
        }

        return best;
    }

    /// <summary>The step within a radius, in units of |D x|.</summary>
    internal BoundedStep Within(double radius)
    {
        if (inside is null) return Describe(x, length: 0, isNewton: true);
        var (variables, solver, step, length) = (free, inside, new double[x.Count], 0.0);
        while (true)
        {
            var (part, lambda) = solver.Within(radius);
            for (var i = 0; i < variables.Length; i++) step[variables[i]] = part[i];
            length = double.Max(length, Vector.Wrap(step).Zip(scale, (s, d) => s * d).Norm);
            var next = f.Project(x + Vector.Wrap(step));
            var atBounds = variables.Where(i => next[i] != x[i] + step[i]).ToHashSet();
            if (atBounds.Count == 0 || atBounds.Count == variables.Length)
                return Describe(next, length, lambda == 0 && atBounds.Count == 0 && variables.Length == free.Length);

            foreach (var i in atBounds) step[i] = next[i] - x[i];
            variables = [.. variables.Where(i => !atBounds.Contains(i))];
            var settled = new double[x.Count];
            step.CopyTo(settled, 0);
            foreach (var i in variables) settled[i] = 0;
            solver = Solver(variables, residual + jacobian.Multiply(Vector.Wrap(settled)));
        }
    }

    BoundedStep Describe(Vector next, double length, bool isNewton)
    {
        var step = next - x;
        var change = jacobian.Multiply(step);
        var along = 2 * residual.Dot(change);
        return new(next, length, -along - change.Dot(change), along, isNewton);
    }

    IDampedStep Solver(int[] variables, Vector right) => jacobian.Steps(variables, right, scale);
}
