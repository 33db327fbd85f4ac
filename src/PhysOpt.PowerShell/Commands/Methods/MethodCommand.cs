using System.Diagnostics;
using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A method of optimisation as a cmdlet: streams the records of each run.</summary>
public abstract class MethodCommand : RunCommand
{
    int run;

    /// <summary>eta, the factor on each step.</summary>
    [Parameter]
    [Alias("Eta")]
    [ValidatePositive]
    public double LearningRate { get; set; }

    /// <summary>When this method ends if nothing else is said.</summary>
    private protected virtual OptimizationOptions DefaultOptions => new();

    /// <summary>One run of the method.</summary>
    private protected abstract IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options);

    /// <summary>The learning rate, or this method's own where none is given.</summary>
    private protected double LearningRateOr(double standard) => IsBound(nameof(LearningRate)) ? LearningRate : standard;

    private protected override void Run(OptimizationProblem problem, IterationRecord? record)
    {
        var options = Options(DefaultOptions) with { ResumeFrom = record, Run = run++ };
        var done = 0;
        var sinceProgress = Stopwatch.StartNew();
        ProgressRecord? progress = null;
        try
        {
            foreach (var next in Start(problem, options))
            {
                if (next.Status == TerminationReason.Stopped) break; // nothing can be written any more
                WriteObject(next);
                SessionClock.Tick();
                if (sinceProgress.Elapsed > ProgressInterval)
                {
                    sinceProgress.Restart();
                    progress = Progress(next, done, options.MaxIterations);
                    WriteProgress(progress);
                }

                done++;
                if (next.Status == TerminationReason.IterationLimit && !IsBound(nameof(MaxIterations)))
                    WriteWarning($"{next.Method} on '{problem.Name}' has not converged after " +
                        $"{Plural.Of(options.MaxIterations, "iteration")}, the default limit; -MaxIterations sets another.");
            }
        }
        catch (EvaluationException)
        {
            Complete();
            throw;
        }

        Complete();

        void Complete()
        {
            if (progress is null) return;
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }
    }
}
