export default window.PropTypes;
