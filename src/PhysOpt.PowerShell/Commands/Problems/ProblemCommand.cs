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
    [Parameter] // in every parameter set, as all that belongs to physics: beside an objective it is an error that says what to write
    [FunctionArgument]
    public FunctionArgument? Loss { get; set; }

    /// <summary>t in L = |y - t|^2, as many numbers as the physics returns.</summary>
    [Parameter]
    [VectorArgument]
    public Vector? Target { get; set; }

    /// <summary>x(y): { param($y, $x) ... } returning an x with y(x) = y; $x is the current point.</summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Inverse { get; set; }

    /// <summary>dy/dx: { param($x) ... } returning a row of numbers for each output.</summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Jacobian { get; set; }

    /// <summary>(dy/dx)'w, the vector-Jacobian product: { param($x, $w) ... } returning as many numbers as x has.</summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Adjoint { get; set; }

    /// <summary>L(x) in place of physics and loss: { param($x) ... } returning one number.</summary>
    [Parameter(ParameterSetName = ObjectiveSet, Mandatory = true)]
    [FunctionArgument]
    public FunctionArgument? Objective { get; set; }

    /// <summary>Lower bounds of x; one number is that of all components.</summary>
    [Parameter]
    [VariableValuesArgument]
    public VariableValues? LowerBound { get; set; }

    /// <summary>Upper bounds of x; one number is that of all components.</summary>
    [Parameter]
    [VariableValuesArgument]
    public VariableValues? UpperBound { get; set; }

    /// <summary>The x that is known to be best, to measure distances from.</summary>
    [Parameter]
    [VariableValuesArgument]
    public VariableValues? Solution { get; set; }

    /// <summary>The name of a parameter that belongs to physics, where one is given; null where none is.</summary>
    private protected string? OfPhysics =>
        Loss is not null ? nameof(Loss) : Target is not null ? nameof(Target) : Inverse is not null ? nameof(Inverse)
        : Jacobian is not null ? nameof(Jacobian) : Adjoint is not null ? nameof(Adjoint) : null;

    /// <summary>The problem that the parameters describe.</summary>
    /// <exception cref="ProblemException">They do not fit together.</exception>
    private protected OptimizationProblem InlineProblem(string name, VariableValues initialGuess) =>
        InlineProblem(name, Physics, Objective, initialGuess);

    /// <summary>The problem of a function that was given apart, and the parameters.</summary>
    /// <exception cref="ProblemException">They do not fit together.</exception>
    private protected OptimizationProblem InlineProblem(string name, FunctionArgument? physics, FunctionArgument? objective,
        VariableValues initialGuess)
    {
        if (objective is not null && OfPhysics is { } belonging)
        {
            throw new ProblemException(
                "ObjectiveHasNoOutputs",
                $"{belonging} belongs to physics y(x), but there is an objective, which has no outputs of its own.",
                "Give the function as -Physics { ... }, or leave out " + $"-{belonging}; the derivatives of an objective are -Gradient.");
        }

        var loss = objective is null ? InlineLoss() : null;
        var (map, variables, start) = physics is null
            ? Functions.At(objective!, nameof(Objective), initialGuess, "InitialGuess")
            : Functions.At(physics, nameof(Physics), initialGuess, "InitialGuess", Jacobian, Adjoint);
        return new(
            name, physics is null ? null : map, loss ?? map, start, Inverse is null ? null : UserFunctions.Inverse(Inverse, variables),
            Lower(variables), Upper(variables), Known(variables), variables: variables);
    }

    /// <summary>The loss after physics.</summary>
    /// <exception cref="ProblemException">Both a loss and a target are given.</exception>
    private protected IMap InlineLoss()
    {
        if (Loss is not null && Target is not null)
        {
            throw new ProblemException(
                "LossAndTarget", "Loss and Target are both given, but Target alone already means the loss |y - Target|^2.",
                "Leave one of them out, or use the target inside the loss.");
        }

        return Loss is null ? new SquaredDistance(ProblemChecks.Target(Target)) : Functions.Map(Loss, nameof(Loss), null);
    }

    /// <summary>The lower bounds in the order of the variables; no bound for a name that is left out.</summary>
    private protected Vector? Lower(VariableNames? variables) =>
        LowerBound?.ToVector(variables, nameof(LowerBound), double.NegativeInfinity);

    /// <summary>The upper bounds in the order of the variables.</summary>
    private protected Vector? Upper(VariableNames? variables) =>
        UpperBound?.ToVector(variables, nameof(UpperBound), double.PositiveInfinity);

    /// <summary>The solution that is given, in the order of the variables.</summary>
    private protected Vector? Known(VariableNames? variables) => Solution?.ToVector(variables, nameof(Solution));
}
