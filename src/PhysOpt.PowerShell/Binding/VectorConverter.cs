using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Makes a <see cref="Vector"/> of a number, a list of numbers, or text such as "2.94 1.92": in casts and deserialisation.
/// </summary>
public sealed class VectorConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(Vector) && TryConvert(sourceValue, out _, out _);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        TryConvert(sourceValue, out var vector, out var culprit) ? vector! : throw new PSInvalidCastException(WhyNot(culprit));

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A vector does not convert to {destinationType}.");

    /// <summary>The vector that <paramref name="source"/> stands for, or what in it is not a number.</summary>
    internal static bool TryConvert(object? source, out Vector? vector, out object? culprit)
    {
        vector = null;
        culprit = Numbers.Unwrap(source);
        if (culprit is string text)
        {
            try
            {
                vector = Vector.Parse(text);
            }
            catch (FormatException)
            {
                return false;
            }

            return vector.Count > 0;
        }

        if (Numbers.Read(source, out var numbers, out var notNumeric, acceptText: true) != Numbers.Obstacle.None)
        {
            culprit = notNumeric;
            return false;
        }

        vector = new Vector(numbers);
        return true;
    }

    internal static string WhyNot(object? culprit) => $"Numbers are wanted, such as 3,3, but there is {Numbers.Describe(culprit)}.";
}

/// <summary>
/// Makes a <see cref="Vector"/> of a parameter's argument; without it PowerShell would bind no list to a parameter that is not an array.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VectorArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null) return null; // PowerShell says so itself where a value is wanted
        if (VectorConverter.TryConvert(inputData, out var vector, out var culprit)) return vector;

        // With an invalid cast inside, the binder of pipeline input tries the other parameters.
        var message = VectorConverter.WhyNot(culprit);
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
