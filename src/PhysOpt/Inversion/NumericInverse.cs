using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Inversion;

/// <summary>
/// The local inverse of physics: an x near a given one with y(x) = t, as the minimiser of |y(x) - t|^2 reached from there.
/// </summary>
/// <param name="method">How it is minimised; the analytic inverse is none of these.</param>
public sealed class NumericInverse(InverseMethod method) : IInverseSolver
{
    /// <summary>The inverse counts as found when |y(x) - t| is at most this times max(1, |t|).</summary>
    public const double ResidualTolerance = 1e-6;

    /// <summary>When the search ends by default: at a residual of 1e-12 max(1, |t|), or where nothing gets better.</summary>
    public static OptimizationOptions DefaultOptions(Vector target) => new()
    {
        MaxIterations = 1000,
        GradientTolerance = 1e-10,
        LossTarget = double.Pow(1e-12 * Scale(target), 2),
        LossTolerance = 0,
    };

    /// <summary>Searches for x near <paramref name="near"/> with y(x) = <paramref name="target"/>.</summary>
    /// <param name="physics">y(x).</param>
    /// <param name="target">t, in units of y.</param>
    /// <param name="near">Where the search starts.</param>
    /// <param name="options">When it ends; null for <see cref="DefaultOptions"/>.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="EvaluationException">The physics failed.</exception>
    public NumericInverseResult Find(IMap physics, Vector target, Vector near, OptimizationOptions? options = null, CancellationToken token = default)
    {
        var problem = new OptimizationProblem("NumericInverse", physics, new SquaredDistance(target), near);
        options ??= DefaultOptions(target);
        var run = method == InverseMethod.GaussNewton
            ? Optimizer.Run(problem, new GaussNewton(), options, token)
            : Optimizer.Run(problem, new Lbfgs(), options, token);
        return Summarise(run.Last(), target);
    }

    /// <inheritdoc/>
    public InverseSolution Solve(IInvertible f, Vector wanted, Vector near)
    {
        var result = Find(f.Physics, wanted, near);
        return result.IsFound
            ? new(result.X, null)
            : new(null, FormattableString.Invariant($"no x with y(x) = {wanted:G7} was found near {near:G7}, the nearest has the residual {result.Residual:G3}"));
    }

    static NumericInverseResult Summarise(IterationRecord last, Vector target)
    {
        var residual = double.Sqrt(last.Loss);
        var found = residual <= ResidualTolerance * Scale(target);
        return new()
        {
            X = last.X,
            Y = last.Y!,
            Target = target,
            Residual = residual,
            Iterations = last.Iteration,
            Evaluations = last.Evaluations,
            Status = last.Status,
            IsFound = found,
            Message = found
                ? FormattableString.Invariant($"Found in {last.Iteration} iterations with a residual of {residual:G3} ({last.Status}).")
                : FormattableString.Invariant($"No x with y(x) = {target} was found: the search ended at x = {last.X:G7} with a residual of {residual:G3} ({last.Status}). ")
                    + "The target may be out of reach, or the Jacobian singular on the way; another InitialGuess may help.",
        };
    }

    static double Scale(Vector target) => double.Max(1, target.Norm);
}
