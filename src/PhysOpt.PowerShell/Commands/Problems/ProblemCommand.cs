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

    /// <summary>y(x): { param($x) ... } returning one or more numbers.</summary>
    [Parameter(ParameterSetName = PhysicsSet, Mandatory = true)]
    public ScriptBlock? Physics { get; set; }

    /// <summary>L(y): { param($y) ... } returning one number. Without it the loss is |y - Target|^2, or |y|^2 without a target.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    public ScriptBlock? Loss { get; set; }

    /// <summary>t in L = |y - t|^2, as many numbers as the physics returns.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [VectorArgument]
    public Vector? Target { get; set; }

    /// <summary>x(y): { param($y, $x) ... } returning an x with y(x) = y; $x is the current point.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    public ScriptBlock? Inverse { get; set; }

    /// <summary>L(x) in place of physics and loss: { param($x) ... } returning one number.</summary>
    [Parameter(ParameterSetName = ObjectiveSet, Mandatory = true)]
    public ScriptBlock? Objective { get; set; }

    /// <summary>Lower bounds of x.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [Parameter(ParameterSetName = ObjectiveSet)]
    [VectorArgument]
    public Vector? LowerBound { get; set; }

    /// <summary>Upper bounds of x.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [Parameter(ParameterSetName = ObjectiveSet)]
    [VectorArgument]
    public Vector? UpperBound { get; set; }

    /// <summary>The x that is known to be best, to measure distances from.</summary>
    [Parameter(ParameterSetName = PhysicsSet)]
    [Parameter(ParameterSetName = ObjectiveSet)]
    [VectorArgument]
    public Vector? Solution { get; set; }

    /// <summary>The problem that the parameters describe.</summary>
    /// <exception cref="ProblemException">They do not fit together.</exception>
    private protected OptimizationProblem InlineProblem(string name, Vector initialGuess)
    {
        if (Loss is not null && Target is not null)
        {
            throw new ProblemException(
                "LossAndTarget", "Loss and Target are both given, but Target alone already means the loss |y - Target|^2.",
                "Leave one of them out, or use the target inside the loss.");
        }

        return new(
            name,
            Physics is null ? null : new ScriptBlockMap(Physics, "Physics"),
            Objective is not null ? new ScriptBlockMap(Objective, "Objective")
                : Loss is not null ? new ScriptBlockMap(Loss, "Loss")
                : new SquaredDistance(Target),
            initialGuess,
            Inverse is null ? null : new ScriptBlockInverse(Inverse),
            LowerBound, UpperBound, Solution);
    }
}
