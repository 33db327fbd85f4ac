using PhysOpt.Functions;

namespace PhysOpt;

/// <summary>
/// Which x makes the loss L(y(x)) smallest? The physics y(x), the loss L(y), where to start, and what else is known.
/// Immutable; its functions may be shared by many runs.
/// </summary>
public sealed class OptimizationProblem
{
    /// <summary>A problem with physics and loss, or with a single objective L(x) where <paramref name="physics"/> is null.</summary>
    /// <param name="name">A name to recognise it by.</param>
    /// <param name="physics">y(x), R^n to R^m; null when <paramref name="loss"/> is a function of x itself.</param>
    /// <param name="loss">L(y), R^m to R.</param>
    /// <param name="initialGuess">Where to start, n components.</param>
    /// <param name="inverse">An x with y(x) = y, where one is known in closed form.</param>
    /// <param name="lowerBound">Lower bounds of x, n components (minus infinity where there is none) or one for all, or null.</param>
    /// <param name="upperBound">Upper bounds of x, n components (infinity where there is none) or one for all, or null.</param>
    /// <param name="solution">The x that is known to be best, or null.</param>
    /// <param name="description">A sentence about it.</param>
    /// <param name="variables">The names of the variables, n of them, or null.</param>
    /// <exception cref="ProblemException">Lengths do not fit, a number is not finite, or bounds cross.</exception>
    public OptimizationProblem(
        string name, IMap? physics, IMap loss, Vector initialGuess, IInverseMap? inverse = null,
        Vector? lowerBound = null, Vector? upperBound = null, Vector? solution = null, string description = "",
        VariableNames? variables = null)
    {
        Name = name;
        Physics = physics;
        Loss = loss ?? throw new ArgumentNullException(nameof(loss));
        Inverse = inverse;
        Solution = solution;
        Description = description;
        Variables = variables;
        InitialGuess = ProblemChecks.Start(initialGuess, "InitialGuess", variables);
        if (variables is not null) ProblemChecks.Names(Dimension, variables);
        LowerBound = ProblemChecks.Spread(lowerBound, Dimension);
        UpperBound = ProblemChecks.Spread(upperBound, Dimension);
        ProblemChecks.Bounds(Dimension, LowerBound, UpperBound, variables);
        if (solution is not null) ProblemChecks.Length(Dimension, solution, "Solution");
    }

    /// <summary>A name to recognise it by.</summary>
    public string Name { get; }

    /// <summary>A sentence about it.</summary>
    public string Description { get; }

    /// <summary>n, the number of components of x.</summary>
    public int Dimension => InitialGuess.Count;

    /// <summary>Where to start.</summary>
    public Vector InitialGuess { get; }

    /// <summary>Lower bounds of x, or null.</summary>
    public Vector? LowerBound { get; }

    /// <summary>Upper bounds of x, or null.</summary>
    public Vector? UpperBound { get; }

    /// <summary>The x that is known to be best, or null.</summary>
    public Vector? Solution { get; }

    /// <summary>The names of the variables, in the order of x; null where they have none.</summary>
    public VariableNames? Variables { get; }

    /// <summary>y(x), or null where the loss is a function of x itself.</summary>
    public IMap? Physics { get; }

    /// <summary>L(y); L(x) where there is no physics.</summary>
    public IMap Loss { get; }

    /// <summary>x(y), or null where none is known.</summary>
    public IInverseMap? Inverse { get; }

    /// <summary>The same problem, started elsewhere.</summary>
    /// <param name="initialGuess">The start.</param>
    /// <param name="role">What the start is called where it is given, for messages.</param>
    /// <exception cref="ProblemException">It has not as many components as the problem.</exception>
    public OptimizationProblem StartingAt(Vector initialGuess, string role = "InitialGuess")
    {
        ProblemChecks.Start(initialGuess, role, Variables);
        ProblemChecks.Length(Dimension, initialGuess, role, $"'{Name}'");
        return new(Name, Physics, Loss, initialGuess, Inverse, LowerBound, UpperBound, Solution, Description, Variables);
    }

    /// <summary>The same problem with some of it replaced; itself where nothing is given.</summary>
    /// <param name="name">Another name, or null.</param>
    /// <param name="initialGuess">Another start, or null.</param>
    /// <param name="lowerBound">Other lower bounds, or null.</param>
    /// <param name="upperBound">Other upper bounds, or null.</param>
    /// <param name="solution">Another solution, or null.</param>
    /// <param name="loss">Another loss after the same physics, or null; the solution of the one before is then none of this one.</param>
    /// <param name="physics">The same physics with other derivatives, or null.</param>
    /// <param name="inverse">Another inverse of the physics, or null.</param>
    /// <exception cref="ProblemException">They do not fit.</exception>
    internal OptimizationProblem With(string? name, Vector? initialGuess, Vector? lowerBound, Vector? upperBound, Vector? solution,
        IMap? loss, IMap? physics = null, IInverseMap? inverse = null)
    {
        if (name is null && initialGuess is null && lowerBound is null && upperBound is null && solution is null && loss is null
            && physics is null && inverse is null) return this;
        if (initialGuess is not null) _ = StartingAt(initialGuess); // which tells what does not fit
        return new(
            name ?? Name, physics ?? Physics, loss ?? Loss, initialGuess ?? InitialGuess, inverse ?? Inverse,
            lowerBound ?? LowerBound, upperBound ?? UpperBound, solution ?? (loss is null ? Solution : null), Description, Variables);
    }

    /// <summary>The error that something refers to the physics of this problem, which has none.</summary>
    /// <param name="parameter">What was given: "Target", "Jacobian".</param>
    internal ProblemException NoPhysicsFor(string parameter) => new(
        "PhysicsMissing", $"'{Name}' has no physics, to which {parameter} could refer.",
        $"Give a problem with physics y(x), or leave out -{parameter}.");

    /// <summary>The name: what a cell of a table shows.</summary>
    public override string ToString() => Name;
}
