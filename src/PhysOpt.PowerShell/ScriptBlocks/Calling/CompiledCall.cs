using System.Management.Automation;
using System.Reflection;
using PhysOpt.Functions;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Calls a delegate, which is compiled code or was made of a script block.</summary>
/// <param name="code">The delegate; takes numbers as double[], <see cref="Vector"/> or, where there is one, double.</param>
/// <param name="role">What it is in the problem, for messages and error ids.</param>
/// <param name="argument">The name of its first argument, for messages.</param>
internal sealed class CompiledCall(Delegate code, string role, string argument) : ICall
{
    readonly Type[] parameters = [.. code.GetType().GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];

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
            return new(Call(arguments), role, at, () => $"at {argument} = {at}.", "must return its numbers, not null");
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
        var values = new object[parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (i >= arguments.Length) throw Unfit($"takes more than {Plural.Of(arguments.Length, "argument")}", arguments[0]);
            values[i] = Value(parameters[i], arguments[i]);
        }

        return code.DynamicInvoke(values);
    }

    object Value(Type type, Vector numbers) =>
        type == typeof(double) ? numbers.Count == 1 ? numbers[0]
            : throw Unfit($"takes one number, but {argument} has {numbers.Count}", numbers)
        : type.IsAssignableFrom(typeof(Vector)) ? numbers
        : type.IsAssignableFrom(typeof(double[])) ? numbers.ToArray()
        : throw Unfit($"takes a {type.Name}, which is no double[] and no Vector", numbers);

    EvaluationException Unfit(string what, Vector at) =>
        new($"{role}Unfit", $"{role}, a delegate, {what}. Give one such as [Func[double[],double]] or [Func[double[],double[]]].", at);

    EvaluationException Failed(Exception exception, Vector at) =>
        new($"{role}Failed", $"{role} failed at {argument} = {at}: {CallHints.Sentence(exception.Message)}", at, exception);

    static bool IsItsOwn(Exception exception) =>
        exception is not (PipelineStoppedException or OperationCanceledException or EvaluationException or TargetInvocationException);

    /// <summary>What a table shows in its place.</summary>
    public override string ToString() => $"{code.Method.DeclaringType?.Name ?? "a delegate"}.{code.Method.Name}";
}
