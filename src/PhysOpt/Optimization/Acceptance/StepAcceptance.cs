using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Acceptance;

/// <summary>
/// The trial steps of one iteration: whether one is accepted, by the ratio of actual to predicted reduction of the loss, and what it means
/// that none is. Shared by all methods with a model that predicts the reduction.
/// </summary>
/// <param name="from">The point that the steps start from.</param>
/// <param name="roundoff">What of the loss is roundoff.</param>
internal sealed class StepAcceptance(Point from, RoundoffTolerance roundoff)
{
    /// <summary>A step is accepted above this ratio. More (1978), algorithm (7.1); Nocedal and Wright (2006), algorithm 4.1, eta.</summary>
    internal const double LeastRatio = 1e-4;

    /// <summary>A step that predicts a smaller part of the loss's roundoff than this is lower or higher by chance.</summary>
    const double ByChance = 0.01;

    bool hasTrials, hasFinite;

    /// <summary>True when the loss was not finite at any trial.</summary>
    internal bool AllNonFinite => !hasFinite;

    /// <summary>The ratio of actual to predicted reduction. More (1978), (4.1); Nocedal and Wright (2006), (4.4).</summary>
    internal double Ratio(Point trial, double predicted) => (from.Value - trial.Value) / predicted;

    /// <summary>The ratio beyond the roundoff of the loss; within it, 1 where the loss did not rise and -1 where it did.</summary>
    internal double RatioOrSign(Point trial, double predicted) =>
        !IsRoundoff(predicted) ? Ratio(trial, predicted) : trial.Value <= from.Value ? 1 : -1;

    /// <summary>True for a predicted reduction that is within the roundoff of the loss.</summary>
    internal bool IsRoundoff(double predicted) => predicted <= roundoff.Loss;

    /// <summary>True where a trial has a finite loss and gradient. Otherwise it is too long, whatever the model predicts.</summary>
    internal bool IsUsable(Point trial) => Noted(double.IsFinite(trial.Value) && trial.Gradient.IsFinite);

    /// <summary>True for a lower loss at a sufficient ratio. The gradient, which must be finite, is asked for last.</summary>
    internal bool Accepts(Point trial, double ratio)
    {
        _ = Noted(double.IsFinite(trial.Value));
        return trial.Value < from.Value && ratio > LeastRatio && trial.Gradient.IsFinite;
    }

    /// <summary>True for a loss that is lower by a part of what the slope along the step predicts. Armijo (1966).</summary>
    /// <param name="trial">The end of the step.</param>
    /// <param name="step">a, the length in units of the direction d.</param>
    /// <param name="slope">The derivative of the loss along d.</param>
    internal bool IsSufficientDecrease(Point trial, double step, double slope)
    {
        _ = Noted(double.IsFinite(trial.Value));
        return trial.Value <= from.Value + LeastRatio * step * slope;
    }

    /// <summary>True where no shorter step can be told from standing still.</summary>
    /// <param name="largest">The reduction that the model predicts for the best of all steps.</param>
    /// <param name="predicted">The reduction that it predicts for the latest one.</param>
    internal bool IsDecidedByChance(double largest, double predicted) => IsRoundoff(largest) && predicted <= ByChance * roundoff.Loss;

    /// <summary>True where the model predicts nothing beyond the rounding of the residual, even for the best of all steps.</summary>
    internal bool IsConverged(double largest) => largest <= roundoff.Residual;

    /// <summary>The end of a run at a point from which the linear model predicts nothing beyond roundoff.</summary>
    internal static Proposal<TState> Converged<TState>(double largest) where TState : class, IMethodState => new(
        null, TerminationReason.LossTolerance,
        FormattableString.Invariant(
            $"the linear model promises a loss lower by {double.Max(largest, 0):G3} at most, which cannot be told from rounding"));

    /// <summary>The end of a run where no trial was accepted for a sum of squares: at the attainable accuracy, or a failure.</summary>
    internal Proposal<TState> NoneAccepted<TState>(ILeastSquares f, double largest, Vector residual, IJacobian jacobian)
        where TState : class, IMethodState
    {
        if (!hasTrials) // no step moves x
            return largest <= f.Rounding(from) ? Converged<TState>(largest) : new(null, TerminationReason.StepCollapsed, null);
        return (roundoff with { Attainable = double.Min(roundoff.Attainable, f.MostLeft(from)) }).IsAttained(largest, residual, jacobian)
            ? Converged<TState>(largest)
            : new(null, AllNonFinite ? TerminationReason.NonFinite : TerminationReason.LineSearchFailed, null);
    }

    bool Noted(bool isFinite)
    {
        (hasTrials, hasFinite) = (true, hasFinite || isFinite);
        return isFinite;
    }
}
