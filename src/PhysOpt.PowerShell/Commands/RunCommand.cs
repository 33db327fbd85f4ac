using System.Globalization;
using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that runs methods: binds a problem, an objective or a record to resume from, a start and limits.</summary>
/// <remarks>
/// Records that come down the pipeline are resumed from. When the records of a whole run come, only its last one is: a record that is
/// followed by its own successor is not a start.
/// </remarks>
public abstract class RunCommand : ProblemCommand, IRunObserver
{
    /// <summary>Progress is reported at most this often.</summary>
    private protected static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The parameter set of what is given at position 0 or comes by pipeline.</summary>
    private protected const string ProblemSet = "Problem";

    IterationRecord? pending;
    VariableNames? variables; // of the problem at work
    bool isGiven, startIsGiven; // on the command line, and not by pipeline

    /// <summary>
    /// The problem, the name of one in the gallery, a record or result to resume from, or the objective: { param($x) ... } returning one
    /// number.
    /// </summary>
    [Parameter(ParameterSetName = ProblemSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Problem")]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    [StartingPointArgument]
    public object? InputObject { get; set; }

    /// <summary>A name to recognise the problem by.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "Problem";

    /// <summary>Where to start, instead of where the problem says; several starts come by pipeline.</summary>
    [Parameter(ParameterSetName = ProblemSet, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PhysicsSet, Position = 0, Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectiveSet, Position = 0, Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("X")]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public virtual VariableValues? InitialGuess { get; set; }

    /// <summary>The largest number of updates.</summary>
    [Parameter]
    [Alias("Iterations")]
    [ValidateNonNegative]
    public int MaxIterations { get; set; }

    /// <summary>The largest number of evaluations of the physics.</summary>
    [Parameter]
    [ValidateBetween(1, double.PositiveInfinity)]
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
    [FunctionArgument]
    public FunctionArgument? Gradient { get; set; }

    /// <summary>Does the work for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="record">The record of this problem to resume from; null to start where the problem says.</param>
    private protected abstract void Run(OptimizationProblem problem, IterationRecord? record);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        (isGiven, startIsGiven) = (IsBound(nameof(InputObject)), IsBound(nameof(InitialGuess)));
        CheckGiven(InputObject);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != ProblemSet)
        {
            Attempt(() => Begin(InlineProblem(Name, InitialGuess!), null), InitialGuess!.Given);
            return;
        }

        var given = StartingPoint.Of(InputObject, null);
        if (given.Record is not { } record || isGiven)
        {
            RunPending();
            Attempt(() => RunFrom(given), given.Target);
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
        Attempt(() => RunFrom(new StartingPoint(record)), record);
    }

    void RunFrom(StartingPoint given)
    {
        // an object that came by pipeline may have been taken for a start too, by its X
        var start = isGiven || startIsGiven ? InitialGuess : null;
        if (given.Function is { } function)
        {
            if (start is null)
            {
                throw new ProblemException(
                    "InitialGuessMissing", "The function needs a point to start from.",
                    "Give -InitialGuess with as many numbers as x has, such as -InitialGuess 1, 2.");
            }

            Begin(OfPhysics is not null ? InlineProblem(Name, function, null, start) : InlineProblem(Name, null, function, start), null);
            return;
        }

        var resumes = given.Record is not null && OfPhysics is null; // with another question or other derivatives it begins anew
        var problem = given.RequireProblem();
        var names = problem.Variables;
        var x = start?.ToVector(names, nameof(InitialGuess)) ?? (resumes ? null : given.X);
        problem = problem.With(
            IsBound(nameof(Name)) ? Name : null, x, Lower(names), Upper(names), Known(names),
            Loss is null && Target is null ? null : InlineLoss(), Supplied(problem),
            Inverse is null ? null : UserFunctions.Inverse(Inverse, names));
        Begin(problem, start is null && resumes ? given.Record : null);
    }

    /// <summary>The physics of a problem with the derivatives that are given for it; null where none are.</summary>
    IMap? Supplied(OptimizationProblem problem)
    {
        if (OfPhysics is { } belonging && problem.Physics is null) throw problem.NoPhysicsFor(belonging);
        return Jacobian is null && Adjoint is null ? null : Functions.Supplied(problem.Physics!, problem.Variables, Jacobian, Adjoint);
    }

    void Begin(OptimizationProblem problem, IterationRecord? record)
    {
        variables = problem.Variables;
        Run(problem, record);
    }

    /// <summary>What the parameters say, and the given options where they say nothing.</summary>
    private protected OptimizationOptions Options(OptimizationOptions standard)
    {
        return standard with
        {
            MaxIterations = IsBound(nameof(MaxIterations)) ? MaxIterations : standard.MaxIterations,
            MaxEvaluations = IsBound(nameof(MaxEvaluations)) ? MaxEvaluations : standard.MaxEvaluations,
            GradientTolerance = IsBound(nameof(GradientTolerance)) ? GradientTolerance : standard.GradientTolerance,
            StepTolerance = IsBound(nameof(StepTolerance)) ? StepTolerance : standard.StepTolerance,
            LossTolerance = IsBound(nameof(LossTolerance)) ? LossTolerance : standard.LossTolerance,
            LossTarget = IsBound(nameof(LossTarget)) ? LossTarget : standard.LossTarget,
            Derivative = Derivative,
            Gradient = Gradient is null ? null : Functions.Map(Gradient, nameof(Gradient), variables),
            Observer = this,
        };
    }

    /// <summary>How far a run has come: so many of its iterations done, of at most so many (0 where there is no limit to tell).</summary>
    private protected static ProgressRecord Progress(IterationRecord record, int done, int maxIterations) => new(
        1,
        $"{record.Method} on '{record.Problem}'",
        string.Create(CultureInfo.InvariantCulture, $"Iteration {record.Iteration}, loss {record.Loss:G6}"))
    {
        PercentComplete = maxIterations > 0 ? (int)long.Min(100, 100L * done / maxIterations) : -1,
    };

    /// <summary>Passes on what a run warns of.</summary>
    private protected virtual void ReportWarning(string warning) => WriteWarning(warning);

    void IRunObserver.Warn(string message) => ReportWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
