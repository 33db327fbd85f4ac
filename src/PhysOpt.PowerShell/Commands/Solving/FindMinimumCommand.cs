using System.Diagnostics;
using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.Solving;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Finds a minimum and returns one result, by the method that suits the problem unless one is asked for.</summary>
[Cmdlet(VerbsCommon.Find, "Minimum", DefaultParameterSetName = "Problem")]
[OutputType(typeof(OptimizationResult))]
public sealed class FindMinimumCommand : RunCommand
{
    const int ActivityId = 1;

    /// <summary>The name of the method; chosen by what is known of the problem unless given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MethodNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Method { get; set; }

    /// <summary>eta of a method that is asked for: the factor on its steps.</summary>
    [Parameter]
    [Alias("Eta")]
    [ValidatePositive]
    public double LearningRate { get; set; }

    /// <summary>The longest time for each problem: a TimeSpan, or seconds.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? TimeLimit { get; set; }

    private protected override void Run(OptimizationProblem problem, IterationRecord? record)
    {
        if (record is not null) problem = problem.StartingAt(record.X);
        var sinceProgress = Stopwatch.StartNew();
        var isShown = false;
        var search = new MinimumSearch
        {
            Options = Options,
            Method = Method is null ? null : MethodRegistry.Require(Method),
            LearningRate = IsBound(nameof(LearningRate)) ? LearningRate : null,
            TimeLimit = TimeLimit,
            Progress = Show,
        };
        try
        {
            Write(search.Find(problem, StopToken));
        }
        finally
        {
            if (isShown && !StopToken.IsCancellationRequested)
                WriteProgress(new(ActivityId, "Find-Minimum", "Done") { RecordType = ProgressRecordType.Completed });
        }

        void Show(IterationRecord record)
        {
            if (sinceProgress.Elapsed <= ProgressInterval || record.Status == TerminationReason.Stopped) return;
            sinceProgress.Restart();
            isShown = true;
            WriteProgress(Progress(record, record.Iteration, IsBound(nameof(MaxIterations)) ? MaxIterations : 0));
        }
    }

    void Write(OptimizationResult result)
    {
        if (result.Error is null && !result.IsConverged) WriteWarning(result.Message);
        WriteObject(result);
        if (result.Error is { } error) WriteError(Errors.From(error));
    }
}
