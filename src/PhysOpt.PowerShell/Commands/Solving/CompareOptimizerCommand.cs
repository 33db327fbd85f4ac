using System.Collections;
using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;
using PhysOpt.Solving;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Runs several methods, with one or several learning rates each, on a problem, and summarises each run in one object.</summary>
/// <remarks>
/// A run ends when its targets are met, or as its method ends by itself. A method that cannot be used on the problem is an error of its
/// own, and the others run. What a run warns of stands in its Status and is said in detail with -Verbose. From a record, all methods start
/// anew at its X. A learning rate that is not given, and that has a unit, makes the first step as long as the Cauchy step, which goes to
/// the minimum of the quadratic model along steepest descent.
/// </remarks>
[Cmdlet(VerbsData.Compare, "Optimizer", DefaultParameterSetName = "Problem")]
[OutputType(typeof(OptimizerComparison), typeof(IterationRecord))]
public sealed class CompareOptimizerCommand : RunCommand
{
    /// <summary>The methods that a wildcard alone has named, and those of them that could not be used.</summary>
    readonly HashSet<string> optional = new(StringComparer.OrdinalIgnoreCase), leftOut = [];

    int run;

    /// <summary>
    /// The methods by name. Wildcards are allowed: of the methods that are meant by one, those that cannot be used on the problem are left
    /// out.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MethodNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Method { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ProblemSet, Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PhysicsSet, Position = 2, Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectiveSet, Position = 2, Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("X")]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public override VariableValues? InitialGuess { get; set; } // the methods are at position 1

    /// <summary>
    /// Learning rates: a hashtable from a method's name to one number, or to several for as many runs. Methods that it does not name have
    /// the one that suits the problem, or with -Tune the best one.
    /// </summary>
    [Parameter]
    [Alias("Eta")]
    [ArgumentCompleter(typeof(LearningRatesCompleter))]
    public Hashtable? LearningRate { get; set; }

    /// <summary>
    /// Scale every learning rate so that all first steps are of one length: the shortest of those whose rate is given, or that of the
    /// Cauchy step where none is.
    /// </summary>
    [Parameter]
    public SwitchParameter EqualFirstStep { get; set; }

    /// <summary>
    /// Search the best learning rate of each method that was not given one, over decades and then between, with so many evaluations for
    /// each at most.
    /// </summary>
    [Parameter]
    [ValidateBetween(1, double.PositiveInfinity)]
    public int Tune { get; set; }

    /// <summary>Return the records of all runs, for a picture or a file, in place of the summaries.</summary>
    [Parameter]
    public SwitchParameter Record { get; set; }

    /// <summary>
    /// The Euclidean distance to the problem's solution to be reached; with LossTarget both are to be met in one iteration.
    /// </summary>
    [Parameter]
    [ValidateNonNegative]
    public double DistanceTarget { get; set; }

    double? Distance => IsBound(nameof(DistanceTarget)) ? DistanceTarget : null;

    private protected override void Run(OptimizationProblem problem, IterationRecord? record)
    {
        if (record is not null) problem = problem.StartingAt(record.X);
        leftOut.Clear();
        if (EqualFirstStep && Tunes) throw new ProblemException(
            "TuneWithEqualFirstStep", "-EqualFirstStep sets every learning rate, so that none is left to -Tune.", "Leave out one of them.");
        ComparedRun.CheckTarget(problem, Distance);
        var choice = new LearningRateChoice(problem, method => Options(method.Defaults), Distance, StopToken);
        var runs = Methods().SelectMany(RunsOf).ToList();
        if (EqualFirstStep) runs = Scaled(runs, problem, choice);
        foreach (var each in runs) ContinueOnError(() => Compare(each, problem, choice), each.Method.Name);
        if (leftOut.Count > 0) WriteWarning(
            $"Left out, because '{problem.Name}' lacks what they need: {string.Join(", ", leftOut)}. Name one without a wildcard to see " +
            $"what that is.");
    }

    void Compare(ComparedRun given, OptimizationProblem problem, LearningRateChoice choice)
    {
        var chosen = EqualFirstStep ? given : Tunes ? choice.Tuned(given, Tune) : choice.Suited(given);
        Explain(chosen);
        var options = Options(chosen.Method.Defaults) with { Run = run };
        if (!Record)
        {
            var comparison = chosen.Measure(problem, options, Distance, StopToken);
            run++;
            WriteObject(comparison);
            return;
        }

        foreach (var next in chosen.Records(problem, options, Distance, StopToken))
        {
            if (next.Status == TerminationReason.Stopped) break; // nothing can be written any more
            if (run == options.Run) run++;
            WriteObject(next);
            SessionClock.Tick();
        }
    }

    bool Tunes => IsBound(nameof(Tune));

    /// <summary>Says where the learning rate of a run comes from.</summary>
    void Explain(ComparedRun chosen)
    {
        if (chosen.RateFrom is not { } from) return;
        var spent = chosen.TuningEvaluations is { } evaluations ? $", after {Plural.Of(evaluations, "evaluation")} of tuning" : "";
        WriteVerbose(FormattableString.Invariant(
            $"{chosen.Method} runs with the learning rate {chosen.LearningRate ?? chosen.Method.DefaultLearningRate:G6} ({from}{spent})."));
        if (chosen.TuningEvaluations is not null && from != LearningRateSource.Tuned) WriteWarning(
            $"{Plural.Of(Tune, "evaluation")} are too few to tune {chosen.Method}: not one run came to its end. Give -Tune more, or " +
            $"-MaxIterations less.");
    }

    /// <summary>The methods that were named, each once, in the order of their names.</summary>
    IEnumerable<MethodEntry> Methods()
    {
        var named = new List<MethodEntry>();
        foreach (var name in Method)
        {
            var found = MethodRegistry.All.Where(method => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(method.Name))
                .ToList();
            if (found.Count == 0) ContinueOnError(() => MethodRegistry.Require(name), name);
            named.AddRange(found);
            optional.UnionWith(found.Select(method => method.Name));
        }

        optional.ExceptWith(Method.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)));

        foreach (var name in new LearningRates(LearningRate).Names)
        {
            ContinueOnError(() => MethodRegistry.Require(name), name);
            if (MethodRegistry.Find(name) is { } method && !named.Contains(method))
                WriteWarning($"LearningRate names {method}, which is not among the methods.");
        }

        return named.Distinct();
    }

    IReadOnlyList<ComparedRun> RunsOf(MethodEntry method)
    {
        IReadOnlyList<ComparedRun> runs = [];
        ContinueOnError(() => runs = new LearningRates(LearningRate).Of(method), method.Name);
        if (!EqualFirstStep || runs.Count < 2) return runs;
        throw new ProblemException(
            "EqualFirstStepNeedsOneRate", $"{method} has {runs.Count} learning rates, which -EqualFirstStep would make one.",
                "Give each method one learning rate, or leave out -EqualFirstStep.");
    }

    /// <summary>The runs with the learning rates that make their first steps of one length.</summary>
    List<ComparedRun> Scaled(List<ComparedRun> runs, OptimizationProblem problem, LearningRateChoice choice)
    {
        var usable = new List<(ComparedRun Run, double? Length)>();
        foreach (var each in runs)
            ContinueOnError(() => usable.Add((each, FirstStep.Length(each, problem, Options(each.Method.Defaults), StopToken))),
            each.Method.Name);
        if (choice.CommonLength(usable) is not { } length) return [.. usable.Select(each => each.Run)];
        WriteVerbose(FormattableString.Invariant($"The first steps are made {length:G6} long."));
        return
        [
            .. usable.Select(each =>
            {
                if (FirstStep.Scaled(each.Run, length, problem, Options(each.Run.Method.Defaults), StopToken) is { } scaled)
                    return scaled;
                WriteWarning(each.Run.Method.DefaultLearningRate is null
                    ? $"{each.Run.Method} has no learning rate to scale: its first step has its own length."
                    : FormattableString.Invariant(
                        $"No learning rate makes the first step of {each.Run.Method} {length:G6} long: it runs with its own."));
                return each.Run;
            }),
        ];
    }

    /// <summary>Does a piece of work whose failure does not keep the others from being done.</summary>
    void ContinueOnError(Action work, string method)
    {
        try
        {
            work();
        }
        catch (ProblemException exception) when (exception.ErrorId == ProblemException.MethodNeedsMore && optional.Contains(method))
        {
            leftOut.Add(method);
        }
        catch (ProblemException exception)
        {
            WriteError(Errors.From(exception, method));
        }
        catch (EvaluationException exception)
        {
            WriteError(Errors.From(exception));
        }
    }

    private protected override void ReportWarning(string warning) => WriteVerbose(warning);
}
