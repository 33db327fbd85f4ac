using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that takes a problem as parameters of its own: the functions, bounds and solution; and can be stopped.</summary>
public abstract class ProblemCommand : StoppableCommand
{
    /// <summary>The parameter set of physics and loss.</summary>
    protected const string PhysicsSet = "Physics";

    /// <summary>The parameter set of a single objective.</summary>
    protected const string ObjectiveSet = "Objective";

    /// <summary>The functions that the command was given.</summary>
    private protected UserFunctions Functions { get; } = new();

    /// <summary>y(x): { param($x) ... } returning one or more numbers.</summary>
    [Parameter(ParameterSetName = PhysicsSet, Mandatory = true)]
    [FunctionArgument]
    public FunctionArgument? Physics { get; set; }

    /// <summary>L(y): { param($y) ... } returning one number. Without it the loss is |y - Target|^2, or |y|^2 without a target.</summary>
    public abstract FunctionArgument? Loss { get; set; }

    /// <summary>t in L = |y - t|^2, as many numbers as the physics returns.</summary>
    public abstract Vector? Target { get; set; }

    /// <summary>x(y): { param($y, $x) ... } returning an x with y(x) = y; $x is the current point.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [FunctionArgument]
    public FunctionArgument? Inverse { get; set; }

    /// <summary>dy/dx: { param($x) ... } returning a row of numbers for each output.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [FunctionArgument]
    public FunctionArgument? Jacobian { get; set; }

    /// <summary>(dy/dx)'w, the vector-Jacobian product: { param($x, $w) ... } returning as many numbers as x has.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [FunctionArgument]
    public FunctionArgument? Adjoint { get; set; }

    /// <summary>L(x) in place of physics and loss: { param($x) ... } returning one number.</summary>
    [Parameter(ParameterSetName = ObjectiveSet, Mandatory = true)]
    [FunctionArgument]
    public FunctionArgument? Objective { get; set; }

    /// <summary>Lower bounds of x; one number is that of all components.</summary>
    [Parameter]
    [VectorArgument]
    public Vector? LowerBound { get; set; }

    /// <summary>Upper bounds of x; one number is that of all components.</summary>
    [Parameter]
    [VectorArgument]
    public Vector? UpperBound { get; set; }

    /// <summary>The x that is known to be best, to measure distances from.</summary>
    [Parameter]
    [VectorArgument]
    public Vector? Solution { get; set; }

    /// <summary>The problem that the parameters describe.</summary>
    /// <exception cref="ProblemException">They do not fit together.</exception>
    private protected OptimizationProblem InlineProblem(string name, Vector initialGuess) => InlineProblem(name, Physics, Objective, initialGuess);

    /// <summary>The problem of a function that was given apart, and the parameters.</summary>
    private protected OptimizationProblem InlineProblem(string name, FunctionArgument? physics, FunctionArgument? objective, Vector initialGuess) => new(
        name,
        physics is null ? null : Functions.Map(physics, "Physics", Jacobian, Adjoint),
        objective is null ? InlineLoss() : Functions.Map(objective, "Objective"),
        initialGuess,
        Inverse is null ? null : UserFunctions.Inverse(Inverse),
        LowerBound, UpperBound, Solution);

    /// <summary>The loss after physics.</summary>
    private protected IMap InlineLoss()
    {
        if (Loss is not null && Target is not null)
        {
            throw new ProblemException(
                "LossAndTarget", "Loss and Target are both given, but Target alone already means the loss |y - Target|^2.",
                "Leave one of them out, or use the target inside the loss.");
        }

        return Loss is null ? new SquaredDistance(Target) : Functions.Map(Loss, "Loss");
    }
}
