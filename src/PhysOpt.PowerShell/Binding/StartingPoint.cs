using System.Management.Automation;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// What a command may be given to work on: a problem, the name of one in the gallery, a record or a result to resume
/// from, or a function, which is the objective. What is none of these is kept with its error, so that one bad object in
/// a pipeline does not stop the others.
/// </summary>
public sealed class StartingPoint
{
    ProblemException? error;
    string kind = "record"; // what was read from a file

    /// <summary>The start that the problem names.</summary>
    public StartingPoint(OptimizationProblem problem) => Problem = problem;

    /// <summary>The point of a record.</summary>
    public StartingPoint(IterationRecord record) => (Record, Problem, X) = (record, record?.Problem, record?.X);

    StartingPoint()
    {
    }

    /// <summary>The problem; null for a function, and where a record was read from a file and its problem could not be.</summary>
    public OptimizationProblem? Problem { get; private init; }

    /// <summary>The record, if it was one.</summary>
    public IterationRecord? Record { get; }

    /// <summary>The point of a record or result; null for what has none.</summary>
    public Vector? X { get; private init; }

    /// <summary>The objective, or the function to look at, if it was one.</summary>
    public FunctionArgument? Function { get; private init; }

    /// <summary>What an error is about.</summary>
    internal object? Target => Record ?? Problem ?? Function?.Value ?? this;

    /// <summary>The problem, or the error that there is none.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal OptimizationProblem RequireProblem()
    {
        Check();
        return Problem ?? throw new ProblemException(
            "RecordWithoutProblem", $"The {kind} was read from a file, and script blocks are not kept there.",
            X is null
                ? "Make the problem again, with New-OptimizationProblem."
                : $"Give the problem again: -InputObject $problem -InitialGuess ${kind}.X.");
    }

    /// <summary>Throws where it was none of what it may be.</summary>
    /// <exception cref="ProblemException">It says what it was instead.</exception>
    internal void Check()
    {
        if (error is not null) throw error;
    }

    /// <summary>What an object stands for.</summary>
    /// <param name="argument">The object, wrapped or not.</param>
    /// <param name="engine">Where the names of functions are looked up, for advice; null for no advice.</param>
    internal static StartingPoint Of(object? argument, EngineIntrinsics? engine)
    {
        if (argument is PSObject { BaseObject: PSCustomObject } custom && Kept(custom) is { } kept) return kept;
        return Numbers.Unwrap(argument) switch
        {
            StartingPoint known => known,
            OptimizationProblem problem => new(problem),
            IterationRecord record => new(record),
            OptimizationResult { Problem: { } problem } result => new() { Problem = problem, X = result.X },
            NumericInverseResult { Problem: { } problem } result => new() { Problem = problem, X = result.X },
            string name => Named(name, engine),
            _ => OfFunction(argument),
        };
    }

    /// <summary>What was read from a file, or came from another session: of its problem there is the name.</summary>
    static StartingPoint? Kept(PSObject source)
    {
        if (new IterationRecordConverter().CanConvertFrom(source, typeof(IterationRecord)))
            return new(LanguagePrimitives.ConvertTo<IterationRecord>(source));
        if (Is(nameof(OptimizationProblem))) return new() { kind = "problem", Problem = IterationRecordConverter.FromGallery(source) };
        var isInverse = Is(nameof(NumericInverseResult)); // whose problem has a target of its own
        if (!isInverse && !Is(nameof(OptimizationResult))) return null;
        var problem = isInverse ? null : source.Properties["Problem"]?.Value;
        return new()
        {
            kind = "result",
            Problem = problem is null ? null : IterationRecordConverter.FromGallery(PSObject.AsPSObject(problem)),
            X = LanguagePrimitives.TryConvertTo<Vector>(source.Properties["X"]?.Value, out var x) ? x : null,
        };

        bool Is(string type) => source.TypeNames.Contains($"Deserialized.PhysOpt.{type}");
    }

    static StartingPoint OfFunction(object? argument) =>
        FunctionArgument.Read(argument, out var culprit) is { } function ? new() { Function = function } : Nothing(argument, culprit!);

    static StartingPoint Named(string name, EngineIntrinsics? engine)
    {
        if (ProblemGallery.Find(name) is { } problem) return new(problem);
        var missing = ProblemGallery.NotFound(name);
        var mayBeFunction = name.Length > 0 && !WildcardPattern.ContainsWildcardCharacters(name);
        if (mayBeFunction && engine?.InvokeCommand.GetCommand(name, CommandTypes.Function) is not null)
        {
            missing = new(
                missing.ErrorId, missing.Message, $"To take the function of that name, give ${{function:{name}}} or (Get-Command {name}).");
        }

        return new() { error = missing };
    }

    static StartingPoint Nothing(object? argument, string culprit)
    {
        var isNumeric = Numbers.Read(argument, out var numbers, out _) == Numbers.Obstacle.None;
        if (isNumeric && numbers.Length != 1) culprit = "a list of numbers";
        return new()
        {
            error = new(
                "NotAProblem", $"A problem or an objective is wanted, but there is {culprit}.",
                (Numbers.Unwrap(argument) is null ? "Look whether the variable has a value. "
                    : isNumeric ? "Where it comes by pipeline, numbers need the name of their parameter, such as -InitialGuess 1, 2. "
                    : "")
                + "Give a script block such as { param($x) $x[0] * $x[0] }, a function as ${function:f} or (Get-Command f), "
                + "a problem from New-OptimizationProblem, the name of one from Get-OptimizationProblem, or a record or result to resume " +
                    "from."),
        };
    }
}

/// <summary>
/// Makes a <see cref="StartingPoint"/> of a parameter's argument. A parameter of the pipeline is of type object: to any other
/// PowerShell would bind no script block that is to be taken as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StartingPointArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => StartingPoint.Of(inputData, engineIntrinsics);
}
