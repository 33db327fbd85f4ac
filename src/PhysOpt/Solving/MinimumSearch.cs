using System.Diagnostics;
using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>A search for a minimum by the method that suits the problem, and by others where that one gets stuck.</summary>
public sealed class MinimumSearch
{
    const int MaximumRestarts = 4;
    const int LargestNoisyDimension = 100; // the most that quadratic models by values alone are for
    const int LeastEvaluations = 50; // of which some may be spent on a look at noise

    static readonly Stage Noisy = new(MethodRegistry.Require("Bobyqa"), "values scatter", false, false);

    static readonly OptimizationOptions ToConvergence = new() { MaxIterations = 10_000 };

    /// <summary>When it ends if nothing else is said; null leaves it to the method.</summary>
    public Func<OptimizationOptions, OptimizationOptions> Options { get; init; } = defaults => defaults;

    /// <summary>The method; null to choose one, and to continue with another where it gets stuck.</summary>
    public MethodEntry? Method { get; init; }

    /// <summary>The learning rate of a method that was asked for; null for the method's own.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The longest time it may take; null for no limit. It ends before the next evaluation.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Receives every iteration.</summary>
    public Action<IterationRecord>? Progress { get; init; }

    /// <summary>Searches from the problem's InitialGuess.</summary>
    /// <exception cref="ProblemException">The method needs what the problem does not have.</exception>
    /// <exception cref="EvaluationException">A function of the problem failed at the start. Where one fails later, the result says
    /// so.</exception>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    public OptimizationResult Find(OptimizationProblem problem, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var clock = Stopwatch.StartNew();
        var settings = Options(new());
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (TimeLimit is { } limit) timer.CancelAfter(limit > clock.Elapsed ? limit - clock.Elapsed : TimeSpan.Zero);

        var totals = new SearchTotals(problem);
        var plan = new Queue<Stage>(IsByNoisyValues(totals, timer.Token) ? [Noisy] : Plan(problem, settings));
        token.ThrowIfCancellationRequested();
        var restarts = 0;
        while (plan.TryDequeue(out var next))
        {
            settings.Observer?.Explain($"{next.Method.Name} is used on '{problem.Name}': {next.Reason}.");
            var ended = Run(next, totals, timer.Token, token);
            token.ThrowIfCancellationRequested();
            if (timer.IsCancellationRequested && totals.Last?.Status is null or TerminationReason.Stopped)
                return totals.Result(TerminationReason.TimeLimit, clock.Elapsed, totals.OutOfTime(clock.Elapsed));
            if (totals.IsStartStationary) plan = new(plan.SkipWhile(each => !each.EscapesSaddles));
            if (plan.TryPeek(out var other) && MayDoBetter(other, totals.Last!)) continue;
            var isSettled = Method is not null || totals.Noise > 0 || restarts == MaximumRestarts;
            if (isSettled || !FindNewStart(ended, totals, restarts, timer.Token)) break;
            restarts++;
            plan = new(Plan(problem, settings));
        }

        if (totals is { Iterations: 0, IsStartStationary: true }) settings.Observer?.Warn(RunReport.StationaryStart);
        return totals.Result(totals.Last!.Status, clock.Elapsed, $"{totals.Ending}");
    }

    /// <summary>
    /// True where derivatives would be differences of values that scatter: what method would be the best is then settled, and that it is so
    /// is said.
    /// </summary>
    bool IsByNoisyValues(SearchTotals totals, CancellationToken token)
    {
        var (problem, asked) = (totals.Problem, Options(ToConvergence));
        if (Method is not null || problem.Dimension > LargestNoisyDimension || asked.GradientTolerance > 0
            || asked.MaxEvaluations < LeastEvaluations || Objectives.HasExactGradient(problem, asked)) return false;
        var budget = new EvaluationBudget(asked.MaxEvaluations, token);
        try
        {
            var noise = NoiseProbe.At(Objectives.Create(problem, asked, budget, token), problem.InitialGuess);
            if (noise == 0) return false;
            totals.Noise = noise;
            totals.History.Add(FormattableString.Invariant(
                $"Values of the loss scatter by about {noise:G2} next to the start: there is noise, and differences are no slopes."));
            asked.Observer?.Explain(totals.History[^1]);
            return true;
        }
        catch (Exception exception) when (exception is EvaluationException || (exception is OperationCanceledException
            && token.IsCancellationRequested))
        {
            return false; // the run itself will say so
        }
        finally
        {
            totals.Spend(budget);
        }
    }

    /// <summary>The methods to try, in order, and why.</summary>
    List<Stage> Plan(OptimizationProblem problem, OptimizationOptions settings)
    {
        if (Method is not null) return [new(Method, "it was asked for", false, false)];
        var traits = ProblemTraits.Of(problem, settings);
        return [.. MethodChoice.All.Where(choice => choice.Suits(traits))
            .Select(choice => new Stage(MethodRegistry.OfChoice(choice.Method), choice.Reason(traits), choice.EscapesSaddles,
                choice.Confirms?.Invoke(traits) ?? false))];
    }

    /// <summary>
    /// Moves to a point from which it may go on: where the loss depends on the variables on which it hardly depends at the end, lower along
    /// a curvature that only second derivatives see, or beside a point that no method leaves, or, once, lower than where a search began
    /// that lost its way.
    /// </summary>
    /// <param name="ended">Why the last method ended.</param>
    /// <param name="totals">What all have come to.</param>
    /// <param name="restarts">How often it has moved.</param>
    /// <param name="token">Stops it.</param>
    bool FindNewStart(TerminationReason ended, SearchTotals totals, int restarts, CancellationToken token)
    {
        var asked = Options(ToConvergence);
        var isFlat = ended == TerminationReason.Flat || totals.Last!.Status == TerminationReason.Flat; // what was no better stays out
        var mayBegin = !totals.HasBegunLower && (isFlat || totals.HasRunAway
            || (ended == TerminationReason.NonFinite && double.IsFinite(totals.Last!.Loss)));
        var seesCurvature = ended is TerminationReason.GradientTolerance or TerminationReason.StepTolerance
            or TerminationReason.LossTolerance or TerminationReason.Saddle or TerminationReason.StepCollapsed
            && ProblemTraits.Of(totals.Problem, asked) is { HasBounds: true } traits && MethodChoice.SeesCurvature(traits);
        var isHeld = totals.Last!.Status is TerminationReason.Saddle or TerminationReason.StepCollapsed;
        if (!isFlat && !seesCurvature && !mayBegin && !isHeld) return false;
        var budget = new EvaluationBudget(asked.MaxEvaluations - totals.Evaluations, token);
        try
        {
            var f = Objectives.Create(totals.Problem, asked, budget, token);
            var (x, elsewhere) = (totals.Last!.X, new NewStart(f, totals.Origin));
            // where the loss goes on falling for ever, what it depends on is known: only another beginning may lead elsewhere
            if (isFlat && RunawayVariables.At(new(f, f.At(x)), totals.Origin).Count > 0) isFlat = false;
            // variables on which nothing depends may have gone anywhere: at first from where somebody put them
            if (isFlat && restarts == 0 && MoveSteeper(totals.Origin)) return true;
            if (seesCurvature)
            {
                var down = ReducedCurvature.WayDown((IHessianProduct)f, x);
                totals.IsStartStationary = false; // no, it is a minimum as far as curvature tells
                if (totals.MoveTo(down, "down a negative curvature")) return true;
            }

            if (isHeld && totals.MoveTo(elsewhere.Beside(x), "beside it, where the loss is lower")) return true;
            if (mayBegin)
            {
                totals.HasBegunLower = true;
                if (totals.MoveTo(elsewhere.Lower(), "lower than it had begun")) return true;
            }

            return isFlat && MoveSteeper(x);

            bool MoveSteeper(Vector from) => totals.MoveTo(elsewhere.Steeper(from), "where the loss depends on more variables");
        }
        catch (Exception exception) when (exception is EvaluationLimitException or EvaluationException
            || (exception is OperationCanceledException && token.IsCancellationRequested))
        {
            return false; // what was found stands
        }
        finally
        {
            totals.Spend(budget);
        }
    }

    TerminationReason Run(Stage stage, SearchTotals totals, CancellationToken token, CancellationToken abandon)
    {
        var asked = Options(ToConvergence);
        var listener = new EndListener(asked.Observer);
        var budget = new EvaluationBudget(asked.MaxEvaluations - totals.Evaluations, token);
        var options = asked with
        {
            MaxIterations = asked.MaxIterations - totals.Iterations,
            MaxEvaluations = asked.MaxEvaluations - totals.Evaluations,
            Budget = budget,
            SearchStart = totals.OriginLoss is { } loss ? new(totals.Origin, loss) : null,
            Observer = listener,
            Log = totals.Log,
            Abandon = abandon,
        };
        if (options.MaxIterations < 0 || options.MaxEvaluations < 1) return TerminationReason.EvaluationLimit;
        IterationRecord? last = null;
        EvaluationException? error = null;
        try
        {
            foreach (var record in stage.Method.Run(totals.Problem, LearningRate, options, token))
            {
                last = record;
                totals.OriginLoss ??= record.Loss;
                Progress?.Invoke(record);
            }
        }
        catch (EvaluationException exception) when ((last ?? totals.Last) is not null)
        {
            error = exception;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // before the first record
        }

        if (last is null)
        {
            totals.Spend(budget);
            return error is null ? TerminationReason.Stopped : TerminationReason.EvaluationError;
        }

        totals.IsStartStationary = listener.IsStartStationary;
        totals.Add(last, new(last, totals.Problem.Name, listener.WhyNoStep, asked), error);
        return last.Status;
    }

    /// <summary>
    /// True where the step failed, or where the point looks stationary to gradients and second derivatives may see a way down.
    /// </summary>
    static bool MayDoBetter(Stage other, IterationRecord last) => last.Status switch
    {
        TerminationReason.LineSearchFailed or TerminationReason.SingularHessian or TerminationReason.StepCollapsed
            or TerminationReason.Saddle => true,
        TerminationReason.NonFinite => double.IsFinite(last.Loss) && last.Gradient?.IsFinite != false,
        TerminationReason.EvaluationError => last.Iteration > 0,
        TerminationReason.GradientTolerance when last.Iteration == 0 && last.GradientNorm == 0 => other.EscapesSaddles,
        TerminationReason.GradientTolerance or TerminationReason.StepTolerance or TerminationReason.LossTolerance => other.Confirms,
        _ => false,
    };

    /// <summary>A method, why it is used, whether it tells saddles from minima, and whether it does so also after a success.</summary>
    sealed record Stage(MethodEntry Method, string Reason, bool EscapesSaddles, bool Confirms);
}
