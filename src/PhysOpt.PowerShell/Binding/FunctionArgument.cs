using System.Linq.Expressions;
using System.Management.Automation;
using PhysOpt.Functions;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// A function as users hand it over, wherever a script block is taken: a script block, a function or filter of the
/// session (${function:f} or Get-Command f), a script file (Get-Command ./f.ps1), or compiled code: a map of PhysOpt
/// or a delegate.
/// </summary>
public sealed class FunctionArgument
{
    /// <summary>
    /// What a delegate may be; a static method that was named without calling it becomes the first that fits.
    /// </summary>
    static readonly Type[] Delegates =
    [
        typeof(Func<double[], double>), typeof(Func<double[], double[]>), typeof(Func<double, double>),
        typeof(Func<Vector, Vector>), typeof(Func<Vector, double>),
        typeof(Func<double[], double[], double[]>), typeof(Func<Vector, Vector, Vector>),
        typeof(Func<double[], double[,]>), typeof(Func<Vector, Matrix>),
    ];

    /// <summary>What to give in its place.</summary>
    internal const string Wanted =
        "a script block such as { param($x) $x[0] * $x[0] }, a function as ${function:f} or (Get-Command f), a map of PhysOpt or a " +
            "delegate";

    FunctionArgument(object value) => Value = value;

    /// <summary>A script block.</summary>
    public FunctionArgument(ScriptBlock block) : this((object)block)
    {
    }

    /// <summary>
    /// The <see cref="ScriptBlock"/>, <see cref="IMap"/>, <see cref="IInverseMap"/> or <see cref="Delegate"/>.
    /// </summary>
    internal object Value { get; }

    /// <summary>
    /// The function that an object stands for, or else why it stands for none: "the text 'abc'", "the cmdlet
    /// Get-Date".
    /// </summary>
    internal static FunctionArgument? Read(object? argument, out string? culprit)
    {
        culprit = null;
        var value = Numbers.Unwrap(argument);
        switch (value)
        {
            case FunctionArgument known:
                return known;
            case ScriptBlock or IMap or IInverseMap or Delegate:
                return new(value);
            case FunctionInfo function:
                return new(function.ScriptBlock);
            case ExternalScriptInfo script:
                return new(script.ScriptBlock);
            case AliasInfo { ResolvedCommand: { } command }:
                return Read(command, out culprit);
            case CommandInfo command:
                culprit = $"the {Kind(command.CommandType)} {command.Name}, which is no function of numbers";
                return null;
            case PSMethod method:
                if (AsDelegate(method) is { } code) return new(code);
                culprit = $"the method {method.Name}, which does not take and return numbers: {method.OverloadDefinitions[0]}";
                return null;
            default:
                culprit = Numbers.Describe(value);
                return null;
        }
    }

    static object? AsDelegate(PSMethod method) =>
        Delegates.Concat(OfSeveralNumbers()).Select(type => LanguagePrimitives.TryConvertTo(method, type, out var made) ? made : null)
            .FirstOrDefault(made => made is not null);

    /// <summary>Delegates of 2 to 16 numbers: the components of x.</summary>
    static IEnumerable<Type> OfSeveralNumbers() => Enumerable.Range(2, 15).SelectMany(count =>
        new[] { typeof(double), typeof(double[]), typeof(Vector) }.Select(result =>
            Expression.GetFuncType([.. Enumerable.Repeat(typeof(double), count), result])));

    static string Kind(CommandTypes type) => type switch
    {
        CommandTypes.Cmdlet => "cmdlet",
        CommandTypes.Application => "program",
        _ => "command",
    };
}

/// <summary>Makes a <see cref="FunctionArgument"/> of a parameter's argument.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FunctionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null) return null; // PowerShell says so itself where a value is wanted
        if (FunctionArgument.Read(inputData, out var culprit) is { } function) return function;
        throw new ArgumentTransformationMetadataException($"A function is wanted, but there is {culprit}. Give {FunctionArgument.Wanted}.");
    }
}
