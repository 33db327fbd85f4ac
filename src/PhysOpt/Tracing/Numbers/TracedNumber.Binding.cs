using System.Dynamic;
using System.Linq.Expressions;

namespace PhysOpt.Tracing;

/// <content>
/// How dynamic languages bind arithmetic of a traced number on the left and any number on the right: straight to the operator.
/// PowerShell otherwise
/// looks the operator up by its name and chooses among its overloads each time that it is used, which takes about 2 us. All else is
/// left to the language.
/// </content>
public sealed partial class TracedNumber : IDynamicMetaObjectProvider
{
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new Meta(parameter, this);

    sealed class Meta(Expression expression, TracedNumber value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
    {
        public override DynamicMetaObject BindBinaryOperation(BinaryOperationBinder binder, DynamicMetaObject arg)
        {
            if (!IsArithmetic(binder.Operation) || !IsNumber(arg.Value)) return base.BindBinaryOperation(binder, arg);
            var type = arg.Value!.GetType();
            Expression left = Expression.Convert(Expression, typeof(TracedNumber)), right = Expression.Convert(arg.Expression, type);
            if (type != typeof(TracedNumber)) right = Expression.Convert(right, typeof(double));
            var types = BindingRestrictions.GetTypeRestriction(Expression, typeof(TracedNumber))
                .Merge(BindingRestrictions.GetTypeRestriction(arg.Expression, type));
            return new(Expression.Convert(Expression.MakeBinary(binder.Operation, left, right), binder.ReturnType), types);
        }

        static bool IsArithmetic(ExpressionType operation) =>
            operation is ExpressionType.Add or ExpressionType.Subtract or ExpressionType.Multiply or ExpressionType.Divide
                or ExpressionType.Modulo;

        static bool IsNumber(object? value) =>
            value is TracedNumber or double or float or decimal or int or long or short or sbyte or byte or ushort or uint or ulong;
    }
}
