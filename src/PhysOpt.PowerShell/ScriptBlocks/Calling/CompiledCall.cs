using System.Management.Automation;
using System.Reflection;
using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Calls a delegate, which is compiled code or was made of a script block.</summary>
/// <param name="code">
/// The delegate; takes numbers as double[], <see cref="Vector"/> or double: one number, or each component of x by a parameter of its own.
/// </param>
/// <param name="role">What it is in the problem, for messages and error ids.</param>
/// <param name="argument">The name of its first argument, for messages.</param>
/// <param name="place">Which argument x is, counted from 0.</param>
/// <param name="variables">The names of the variables, for messages; null where they have none.</param>
internal sealed class CompiledCall(Delegate code, string role, string argument, int place = 0, VariableNames? variables = null) : ICall
{
    readonly Type[] parameters = [.. DelegateVariables.Parameters(code).Select(parameter => parameter.ParameterType)];

    /// <inheritdoc/>
    public void Remember()
    {
        // it has no session
    }

    /// <inheritdoc/>
    public Vector Invoke(params ReadOnlySpan<Vector> arguments) => Result(arguments).Vector();

    /// <inheritdoc/>
    public Matrix InvokeMatrix(int rows, int columns, params ReadOnlySpan<Vector> arguments) => Result(arguments).Matrix(rows, columns);

    CalledResult Result(ReadOnlySpan<Vector> arguments)
    {
        var at = arguments[0];
        SessionClock.Tick(); // it may be a script block after all
        try
        {
            return new(Call(arguments), role, at, () => $"at {Place(at)}.", "must return its numbers, not null");
        }
        catch (TargetInvocationException exception) when (IsItsOwn(exception.InnerException!))
        {
            throw Failed(exception.InnerException!, at);
        }
        catch (Exception exception) when (IsItsOwn(exception))
        {
            throw Failed(exception, at);
        }
    }

    object? Call(ReadOnlySpan<Vector> arguments) => code switch
    {
        Func<double[], double> scalar => scalar(arguments[0].ToArray()),
        Func<double[], double[]> several => several(arguments[0].ToArray()),
        Func<Vector, Vector> several => several(arguments[0]),
        Func<Vector, double> scalar => scalar(arguments[0]),
        _ => Dynamic(arguments),
    };

    object? Dynamic(ReadOnlySpan<Vector> arguments)
    {
        var values = new List<object>(parameters.Length);
        var more = parameters.Length - arguments.Length; // parameters that x has beside its first
        for (var i = 0; i < arguments.Length && values.Count < parameters.Length; i++)
        {
            if (i != place || more <= 0) values.Add(Value(parameters[values.Count], arguments[i]));
            else values.AddRange(Components(parameters.AsSpan(place, more + 1), arguments[i]));
        }

        return code.DynamicInvoke([.. values]);
    }

    /// <summary>The components of x, each for a parameter of its own.</summary>
    IEnumerable<object> Components(ReadOnlySpan<Type> types, Vector x)
    {
        foreach (var type in types)
        {
            if (type == typeof(double)) continue;
            throw Unfit($"takes {Plural.Of(parameters.Length, "argument")}, of which not all are numbers", x);
        }

        return types.Length == x.Count ? x.Cast<object>()
            : throw Unfit($"takes {types.Length} numbers, but there {(x.Count == 1 ? "is" : "are")} {x.Count}", x);
    }

    object Value(Type type, Vector numbers) =>
        type == typeof(double) ? numbers.Count == 1 ? numbers[0]
            : throw Unfit($"takes one number where there are {numbers.Count}", numbers)
        : type.IsAssignableFrom(typeof(Vector)) ? numbers
        : type.IsAssignableFrom(typeof(double[])) ? numbers.ToArray()
        : throw Unfit($"takes a {type.Name}, which is no double[] and no Vector", numbers);

    EvaluationException Unfit(string what, Vector at) =>
        new($"{role}Unfit", $"{role}, a delegate, {what}. Give one with a parameter for each number, or with one for " +
            "all such as [Func[double[],double]] or [Func[double[],double[]]].", at);

    EvaluationException Failed(Exception exception, Vector at) =>
        new($"{role}Failed", $"{role} failed at {Place(at)}: {CallHints.Sentence(exception.Message)}", at, exception);

    string Place(Vector at) =>
        place == 0 && variables is not null ? VariableWords.Place(at, variables) : $"{argument} = {PointWords.Of(at)}";

    static bool IsItsOwn(Exception exception) =>
        exception is not (PipelineStoppedException or OperationCanceledException or EvaluationException or TargetInvocationException);

    /// <summary>What a table shows in its place.</summary>
    public override string ToString() => DelegateVariables.NameOf(code);
}
