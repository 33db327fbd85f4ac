using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A method of optimisation as a cmdlet: binds problem, start and limits, and streams the records of each run.</summary>
/// <remarks>
/// Records that come down the pipeline are gone on from. When the records of a whole run come, only its last one is: a record that is
/// followed by its own successor is not a start.
/// </remarks>
public abstract class MethodCommand : ProblemCommand, IRunObserver
{
    const string ProblemSet = "Problem";
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    IterationRecord? pending;
    int run;

    /// <summary>The problem, the name of one in the gallery, or a record to go on from.</summary>
    [Parameter(ParameterSetName = ProblemSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Problem")]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    public StartingPoint? InputObject { get; set; }

    /// <summary>A name to recognise the problem by.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [Parameter(ParameterSetName = ObjectiveSet)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "Problem";

    /// <summary>Where to start, instead of where the problem says; several starts come by pipeline.</summary>
    [Parameter(ParameterSetName = ProblemSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = PhysicsSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectiveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("X")]
    [AllowEmptyCollection]
    [VectorArgument]
    public Vector? InitialGuess { get; set; }

    /// <summary>eta, the factor on each step.</summary>
    [Parameter]
    [Alias("Eta")]
    [ValidatePositive]
    public double LearningRate { get; set; }

    /// <summary>The largest number of updates.</summary>
    [Parameter]
    [Alias("Iterations")]
    [ValidateRange(0, int.MaxValue)]
    public int MaxIterations { get; set; }

    /// <summary>The largest number of evaluations of the physics.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxEvaluations { get; set; }

    /// <summary>Ends the run when the infinity norm of the gradient is at most this.</summary>
    [Parameter]
    [ValidateNonNegative]
    public double GradientTolerance { get; set; }

    /// <summary>Ends the run when the Euclidean norm of a step is at most this.</summary>
    [Parameter]
    [ValidateNonNegative]
    public double StepTolerance { get; set; }

    /// <summary>Ends the run when the loss changes by at most this, relatively to the larger of it and 1.</summary>
    [Parameter]
    [ValidateNonNegative]
    public double LossTolerance { get; set; }

    /// <summary>Ends the run when the loss is at most this.</summary>
    [Parameter]
    public double LossTarget { get; set; }

    /// <summary>Where derivatives come from.</summary>
    [Parameter]
    public DerivativeSource Derivative { get; set; }

    /// <summary>dL/dx as a block of one's own: { param($x) ... } returning as many numbers as x has.</summary>
    [Parameter]
    public ScriptBlock? Gradient { get; set; }

    /// <summary>When this method ends if nothing else is said.</summary>
    private protected virtual OptimizationOptions DefaultOptions => new();

    /// <summary>One run of the method.</summary>
    private protected abstract IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options);

    /// <summary>The learning rate, or this method's own where none is given.</summary>
    private protected double LearningRateOr(double standard) => IsBound(nameof(LearningRate)) ? LearningRate : standard;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != ProblemSet)
        {
            Attempt(() => Run(InlineProblem(Name, InitialGuess!)), InitialGuess);
            return;
        }

        var start = InputObject!;
        if (start.Record is not { } record)
        {
            RunPending();
            Attempt(() => Run(From(start.RequireProblem())), start.Problem ?? (object?)start);
            return;
        }

        if (pending is not null && !Trajectory.Continues(pending, record)) RunPending();
        pending = record;
        if (record.Status != TerminationReason.Running) RunPending();
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => RunPending();

    void RunPending()
    {
        if (pending is not { } record) return;
        pending = null;
        Attempt(() => Run(From(new StartingPoint(record).RequireProblem(), record.X)), record);
    }

    OptimizationProblem From(OptimizationProblem problem, Vector? at = null) =>
        (IsBound(nameof(InitialGuess)) ? InitialGuess : at) is { } start ? problem.StartingAt(start) : problem;

    void Run(OptimizationProblem problem)
    {
        var options = Options();
        var sinceProgress = Stopwatch.StartNew();
        ProgressRecord? progress = null;
        try
        {
            foreach (var record in Start(problem, options))
            {
                if (record.Status == TerminationReason.Stopped) break; // nothing can be written any more
                WriteObject(record);
                SessionClock.Tick();
                if (sinceProgress.Elapsed > ProgressInterval)
                {
                    sinceProgress.Restart();
                    progress = Progress(record, options.MaxIterations);
                    WriteProgress(progress);
                }

                if (record.Status == TerminationReason.IterationLimit && !IsBound(nameof(MaxIterations)))
                    WriteWarning($"{record.Method} on '{problem.Name}' has not converged after {options.MaxIterations} iterations, the default limit; -MaxIterations sets another.");
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

    OptimizationOptions Options()
    {
        var standard = DefaultOptions;
        return standard with
        {
            MaxIterations = IsBound(nameof(MaxIterations)) ? MaxIterations : standard.MaxIterations,
            MaxEvaluations = IsBound(nameof(MaxEvaluations)) ? MaxEvaluations : standard.MaxEvaluations,
            GradientTolerance = IsBound(nameof(GradientTolerance)) ? GradientTolerance : standard.GradientTolerance,
            StepTolerance = IsBound(nameof(StepTolerance)) ? StepTolerance : standard.StepTolerance,
            LossTolerance = IsBound(nameof(LossTolerance)) ? LossTolerance : standard.LossTolerance,
            LossTarget = IsBound(nameof(LossTarget)) ? LossTarget : standard.LossTarget,
            Derivative = Derivative,
            Gradient = Gradient is null ? null : new ScriptBlockMap(Gradient, "Gradient"),
            Run = run++,
            Observer = this,
        };
    }

    bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    static ProgressRecord Progress(IterationRecord record, int maxIterations) => new(
        1,
        $"{record.Method} on '{record.Problem}'",
        string.Create(CultureInfo.InvariantCulture, $"Iteration {record.Iteration}, loss {record.Loss:G6}"))
    {
        PercentComplete = maxIterations > 0 ? (int)(100L * record.Iteration / maxIterations) : -1,
    };

    void IRunObserver.Warn(string message) => WriteWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
