using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Problems;

namespace PhysOpt.Analysis;

/// <summary>Compares a gradient with extrapolated differences of the function, component by component.</summary>
/// <remarks>
/// <para>Components are judged one by one, so that units and scales of the others play no part. With the reference r +- e, the tolerance t
/// and the scale s = max(|r|, 1 % of the function's typical slope along the component), g is wrong when |g - r| > t s + e. The one percent
/// matters only where the component nearly vanishes, at a stationary point, and no relative error can be asked for; it is over steps of
/// the size of x, where f shows itself over them, so that units play no part.</para>
/// <para>A component is undecided when the differences do not converge; when the slope jumps, so that there is no derivative; and when g is
/// not refuted, but e is above 10 t times the slope: the function's values then have too few digits to confirm it either.</para>
/// </remarks>
public static class GradientCheck
{
    /// <summary>The tolerance unless another is given: well below any mistake in a formula, well above rounding.</summary>
    public const double DefaultTolerance = 1e-6;

    const double FlatFraction = 0.01;
    const double ConfirmingFactor = 10;

    /// <summary>Checks the gradient of a problem's L(y(x)) at its InitialGuess.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">The gradient to check, or where to take it from; the rest is not used.</param>
    /// <param name="tolerance">The tolerance, relative to each component.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="EvaluationException">The function failed or has no finite value at the point, or the gradient has another length
    /// than x.</exception>
    public static GradientError Measure(
        OptimizationProblem problem, OptimizationOptions? options = null, double tolerance = DefaultTolerance,
            CancellationToken token = default) =>
        Measure(problem, options ?? new(), tolerance, "Objective", token);

    /// <summary>
    /// Checks the gradient of a problem whose objective, where there is no physics, is called <paramref name="role"/> in messages.
    /// </summary>
    internal static GradientError Measure(OptimizationProblem problem, OptimizationOptions options, double tolerance, string role,
        CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var budget = new EvaluationBudget(token: token);
        var objective = Objectives.Create(problem, options, budget, token, role);
        var point = ConfirmedPoint.Of(objective, problem.InitialGuess, options);
        if (!double.IsFinite(point.Value))
        {
            throw new EvaluationException(
                "ValueNotFinite", FormattableString.Invariant(
                    $"The function is {point.Value} at {VariableWords.Place(point.X, problem.Variables)}. ")
                    + "A gradient can be checked only where it is finite.",
                    point.X);
        }

        var gradient = point.Gradient;
        point.ThrowIfFailed();
        // the reference is differences of the function as it was written, not of its record
        var untouched = Objectives.Create(problem, options with { Derivative = DerivativeSource.FiniteDifference, Gradient = null }, budget,
            token, role);
        var components = new GradientComponent[problem.Dimension];
        for (var i = 0; i < components.Length; i++) components[i] = Judge(untouched, point, gradient[i], i, problem, tolerance);
        return Summarise(point.X, components, problem.Variables, tolerance) with
        {
            Evaluations = budget.Evaluations,
            Source = SourceOf(problem, options)
        };
    }

    static GradientComponent Judge(IObjective objective, Point point, double given, int i, OptimizationProblem problem, double tolerance)
    {
        var failure = "";
        var reference = ReferenceDerivative.Measure(
            Along, point.X[i], point.Value, problem.LowerBound?[i] ?? double.NegativeInfinity, problem.UpperBound?[i]
                ?? double.PositiveInfinity);
        var error = double.Abs(given - reference.Value);
        var scale = double.Max(double.Abs(reference.Value), FlatFraction * reference.Slope);
        var allowed = tolerance * scale + reference.Error;
        var reason = WhyUndecided(reference, error, allowed, tolerance, failure);
        var wrong = double.IsNaN(given) || (reason.Length == 0 && !(error <= allowed));
        var verdict = wrong ? GradientVerdict.Wrong : reason.Length > 0 ? GradientVerdict.Undecided : GradientVerdict.Right;
        return new()
        {
            Index = i,
            Gradient = given,
            Reference = reference.Value,
            ReferenceError = reference.Error,
            Error = error,
            RelativeError = verdict == GradientVerdict.Undecided ? null : double.IsNaN(given) ? double.PositiveInfinity : error == 0 ? 0
                : error / scale,
            Verdict = verdict,
            Reason = wrong ? "" : reason,
        };

        // Away from the point the function may have no value, or fail: differences there are left out.
        double Along(double t)
        {
            var beside = objective.At(point.X.With(i, t));
            failure = beside.Failure?.Message ?? failure;
            return beside.Value;
        }
    }

    static string WhyUndecided(ReferenceDerivative reference, double error, double allowed, double tolerance, string failure)
    {
        var size = double.Max(double.Abs(reference.Value), reference.Slope);
        if (!reference.HasRoom) return "its bounds leave no room";
        if (double.IsNaN(reference.Value))
            return failure.Length > 0 ? $"the function has no values beside the point: {failure}"
            : "the function has no finite values on both sides of the point";
        if (reference.Jump != 0)
        {
            var (left, right) = (reference.Value - reference.Jump / 2, reference.Value + reference.Jump / 2);
            return FormattableString.Invariant(
                $"the function has a kink here: its slope is {left:G4} on the left and {right:G4} on the right");
        }

        if (!reference.Converges) return "the differences of the function do not converge here";
        return size > 0 && reference.Error > ConfirmingFactor * tolerance * size && error <= allowed
            ? FormattableString.Invariant($"the function's values have too few digits: the reference is known to {reference.Error:G2} only")
            : "";
    }

    static GradientError Summarise(Vector x, GradientComponent[] components, VariableNames? variables, double tolerance)
    {
        var worst = components.Where(each => each.Verdict != GradientVerdict.Undecided)
            .OrderByDescending(each => each.Verdict == GradientVerdict.Wrong).ThenByDescending(each => each.RelativeError).FirstOrDefault();
        var undecided = components.Where(each => each.Verdict == GradientVerdict.Undecided).ToList();
        var wrong = components.Count(each => each.Verdict == GradientVerdict.Wrong);
        return new()
        {
            X = x,
            Variables = variables,
            Gradient = new(components.Select(each => each.Gradient)),
            Reference = new(components.Select(each => each.Reference)),
            ReferenceError = new(components.Select(each => each.ReferenceError)),
            MaximumError = worst?.RelativeError,
            WorstComponent = worst?.Index,
            IsCorrect = wrong == 0,
            UndecidedCount = undecided.Count,
            Tolerance = tolerance,
            Components = components.AsReadOnly(),
            Message = string.Join(' ', Sentences(components.Length, variables, worst, wrong, undecided)),
        };
    }

    static IEnumerable<string> Sentences(int count, VariableNames? variables, GradientComponent? worst, int wrong,
        List<GradientComponent> undecided)
    {
        if (wrong > 0)
        {
            yield return FormattableString.Invariant(
                $"{Of(wrong, count)} wrong: {Named(worst!)} is {worst!.Gradient:G9}, but must be {worst.Reference:G9} ")
                + FormattableString.Invariant($"(relative error {worst.RelativeError:G3}).");
        }
        else if (worst is not null)
        {
            yield return FormattableString.Invariant(
                $"{Of(count - undecided.Count, count)} right: the largest relative error is {worst.RelativeError:G3}, in {Named(worst)}.");
        }

        if (undecided.Count > 0) yield return $"{Of(undecided.Count, count)} undecided: in {Named(undecided[0])} {undecided[0].Reason}.";

        string Named(GradientComponent component) => ProblemChecks.Component(component.Index, variables);

        static string Of(int some, int all) => some == all
            ? all switch { 1 => "The one component is", 2 => "Both components are", _ => $"All {all} components are" }
            : $"{some} of {all} components {(some == 1 ? "is" : "are")}";
    }

    static GradientSource SourceOf(OptimizationProblem problem, OptimizationOptions options) =>
        options.Gradient is not null ? GradientSource.Supplied
        : options.Derivative == DerivativeSource.FiniteDifference ? GradientSource.FiniteDifference
        : IsSupplied(problem.Loss) || IsSupplied(problem.Physics) ? GradientSource.Supplied
        : IsExact(problem.Loss) && (problem.Physics is null || IsExact(problem.Physics)) ? GradientSource.Exact
        : GradientSource.FiniteDifference;

    static bool IsSupplied(IMap? map) => map is IDifferentiableMap { AreDerivativesSupplied: true };

    static bool IsExact(IMap map) => map is IDifferentiableMap or ITraceableMap { WhyNotTraced: null };
}
