using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// A name, and not a function that was put where the name stands: as text it would make a strange one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProblemNameArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Numbers.Unwrap(inputData) is ScriptBlock or CommandInfo or Delegate
            ? throw new ArgumentTransformationMetadataException(
                "The first argument is the problem's name, but there is a function. "
                + "Write -Objective { ... } for a function to minimise, or -Physics { ... } for a model.")
            : inputData;
}
