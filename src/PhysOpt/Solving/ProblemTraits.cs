using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>What is known of a problem before it is solved, by which a method is chosen.</summary>
/// <param name="Dimension">n.</param>
/// <param name="HasBounds">True when any variable has a finite bound.</param>
/// <param name="HasResiduals">True when the loss is a sum of squares of y - t.</param>
/// <param name="HasSparseJacobian">True when most entries of the Jacobian of many residuals are known to be zero.</param>
/// <param name="HasExactHessian">True when second derivatives are exact, by a record or by a rule.</param>
/// <param name="IsByValuesBetweenBounds">True for one variable with two finite bounds, a gradient that would be of differences, and no
/// tolerance that is given for it.</param>
internal readonly record struct ProblemTraits(
    int Dimension, bool HasBounds, bool HasResiduals, bool HasSparseJacobian, bool HasExactHessian, bool IsByValuesBetweenBounds)
{
    /// <summary>The traits of a problem; its functions are recorded where they can be, and stay so for the run.</summary>
    internal static ProblemTraits Of(OptimizationProblem problem, OptimizationOptions options) => new(
        problem.Dimension,
        (problem.LowerBound?.Any(double.IsFinite) ?? false) || (problem.UpperBound?.Any(double.IsFinite) ?? false),
        HasSquares(problem), HasSquares(problem) && Objectives.HasSparseJacobian(problem, options),
        Objectives.HasExactHessian(problem, options),
        problem.Dimension == 1 && Bounds.Of(problem.LowerBound, problem.UpperBound).AreAllFinite && !(options.GradientTolerance > 0)
            && !Objectives.HasExactGradient(problem, options));

    static bool HasSquares(OptimizationProblem problem) => problem.Physics is not null && problem.Loss is SquaredDistance;
}
